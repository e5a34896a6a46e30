import { useCallback } from 'react'
import { useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Pager } from '../list/Pager'
import { SchemaTable } from '../list/SchemaTable'
import { useKey } from '../shell/shortcuts'
import { useRows } from '../records'
import type { Row } from '../wire'
import { CASE } from './api'
import { deskAddress, ordered } from './desk'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'

/** What a dispatcher looks at first, unless they chose otherwise. */
const COLUMNS = ['number', 'title', 'state', 'urgency', 'due_at', 'lead', 'place']

/** The same cases as rows, those due first on top, to be selected and opened. */
export function List({ model, desk, show, picked, onPick, onStep }: ViewOf) {
  const t = useTexts(deskCaseWords)
  const query = ordered(desk.query)
  const rows = useRows(CASE, query)
  const addressOf = useCallback((row: Row) => deskAddress({ ...desk, open: String(row.id) }), [desk])
  const all = rows.data?.rows ?? []
  const at = all.findIndex((row) => String(row.id) === desk.open)
  const step = (by: number) => {
    const row = all[at < 0 ? 0 : at + by]
    if (row) show({ open: String(row.id) })
  }
  useKey('ArrowDown', () => step(1))
  useKey('ArrowUp', () => step(-1))
  useKey('a', all[at] ? () => onStep(all[at]!) : undefined)
  useKey('x', all[at] ? () => onPick(all[at]!) : undefined)
  if (rows.isError) return <Failed error={rows.error} again={() => void rows.refetch()} />
  return (
    <>
      <div className="sheet clipped" aria-busy={rows.isFetching}>
        <SchemaTable
          model={model}
          data={rows.data}
          columns={query.columns.length ? query.columns : COLUMNS}
          sort={query.sort}
          selected={desk.open || undefined}
          loading={rows.isPlaceholderData}
          empty={rows.isPending ? <Skeleton lines={6} /> : <p className="nothing">{t('noneFound')}</p>}
          addressOf={addressOf}
          onSort={(sort) => show({ query: { ...desk.query, sort, after: '' } })}
          pick={{ picked, onPick, label: (row) => t('select', { number: String(row['number']) }) }}
        />
      </div>
      <Pager
        hasBack={desk.query.after !== ''}
        next={rows.data?.next ?? null}
        onBack={() => show({ query: { ...desk.query, after: '' } })}
        onForward={(after) => show({ query: { ...desk.query, after } })}
        note=""
      />
    </>
  )
}

import { useCallback } from 'react'
import { useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Pager } from '../list/Pager'
import { SchemaTable } from '../list/SchemaTable'
import { useRows } from '../records'
import type { Row } from '../wire'
import { CASE } from './api'
import { deskAddress, ordered } from './desk'
import { useRowKeys } from './rowKeys'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'

/** What a dispatcher looks at first, unless they chose otherwise. */
const COLUMNS = ['number', 'title', 'state', 'urgency', 'due_at', 'lead', 'place']

/** The same cases as rows, those due first on top, to be selected and opened. */
export function List(view: ViewOf) {
  const { model, desk, show, picked, onPick } = view
  const t = useTexts(deskCaseWords)
  const query = ordered(desk.query)
  const rows = useRows(CASE, query)
  const addressOf = useCallback((row: Row) => deskAddress({ ...desk, open: String(row.id) }), [desk])
  const box = useRowKeys<HTMLDivElement>(rows.data?.rows ?? [], view)
  if (rows.isError) return <Failed error={rows.error} again={() => void rows.refetch()} />
  return (
    <>
      <div ref={box} className="sheet clipped" aria-busy={rows.isFetching}>
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

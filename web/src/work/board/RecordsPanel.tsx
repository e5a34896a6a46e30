import { useCallback } from 'react'
import { Link } from 'react-router'
import { useSaid, useTexts } from '../../shared/i18n'
import { resolvedAll } from '../../shared/refs'
import { useScope } from '../../shared/scope'
import { useUser } from '../../shared/session'
import type { Panel, Row as Values } from '../../shared/spec'
import { Failed, Skeleton } from '../../shared/States'
import { emptyQuery, type ListQuery } from '../list/query'
import '../list/list.css'
import { SchemaTable } from '../list/SchemaTable'
import { listAddress, recordAddress } from '../paths'
import { useModel, useRows } from '../records'
import type { Row } from '../wire'
import { boardWords } from './words'

const SHOWN = 10

/** `data.source` names the kind of record; each parameter is a condition on the field of that name. */
function queryOf(params: Values): ListQuery {
  const where = Object.entries(params).map(([field, value]) => ({
    field,
    op: field === 'place' ? ('within' as const) : ('eq' as const),
    value: String(value),
  }))
  return { ...emptyQuery, where }
}

/** A short list of records on a board, with the way to the whole list. */
export default function RecordsPanel({ panel }: { panel: Panel }) {
  const t = useTexts(boardWords)
  const said = useSaid()
  const scope = useScope()
  const user = useUser()
  const entity = panel.data?.source ?? ''
  const model = useModel(entity)
  const query = {
    ...queryOf(resolvedAll(panel.data?.params, { scope, user })),
    sort: panel.encode?.sort ?? model.data?.ui.table.sort ?? '',
  }
  const rows = useRows(entity, query, SHOWN, model.isSuccess)
  const addressOf = useCallback((row: Row) => recordAddress(entity, row.id), [entity])
  const failed = model.error ?? rows.error
  const columns = panel.encode?.columns ?? []
  return (
    <section className="panel records-panel" aria-labelledby={`panel-${panel.id}`}>
      <header>
        <h2 id={`panel-${panel.id}`}>{said(panel.title)}</h2>
        <span className="panel-side">
          <Link className="desk-link" to={listAddress(entity, query)}>
            {t('all')}
          </Link>
        </span>
      </header>
      {failed ? (
        <Failed error={failed} again={() => void rows.refetch()} />
      ) : !model.data || !rows.data ? (
        <Skeleton lines={5} />
      ) : (
        <SchemaTable
          model={model.data}
          data={rows.data}
          columns={columns}
          sort=""
          loading={rows.isPlaceholderData}
          empty={<p className="nothing">{t('empty')}</p>}
          addressOf={addressOf}
        />
      )}
    </section>
  )
}

import { useCallback } from 'react'
import { Link } from 'react-router'
import { number } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { useLabel } from '../labels'
import { shownColumns } from '../list/columns'
import { emptyQuery } from '../list/query'
import { SchemaTable } from '../list/SchemaTable'
import { recordAddress, whereAddress } from '../paths'
import { useModel, useRows } from '../records'
import type { Id, Related as RelatedKind, Row } from '../wire'
import { recordWords } from './words'

const FIRST = 5
const COLUMNS = 5

/** The first few records of one kind that point at this one, and the way to all of them. */
function RelatedList({ kind, id }: { kind: RelatedKind; id: Id }) {
  const t = useTexts(recordWords)
  const said = useLabel()
  const model = useModel(kind.entity)
  const query = {
    ...emptyQuery,
    where: [{ field: kind.field, op: 'eq' as const, value: String(id) }],
    sort: model.data?.ui.table.sort ?? '',
  }
  const rows = useRows(kind.entity, query, FIRST, model.isSuccess && kind.count > 0)
  const addressOf = useCallback((row: Row) => recordAddress(kind.entity, row.id), [kind.entity])
  const columns = model.data
    ? shownColumns(model.data, [])
        .filter((key) => key !== kind.field)
        .slice(0, COLUMNS)
    : []
  return (
    <section className="related">
      <header className="row between">
        <h3>
          {said(kind.label)} <span className="num meta">{number(kind.count, 0)}</span>
        </h3>
        <Link className="desk-link" to={whereAddress(kind.entity, { [kind.field]: id })}>
          {t('viewAll', { count: kind.count })}
        </Link>
      </header>
      {rows.isError && <Failed error={rows.error} again={() => void rows.refetch()} />}
      {(model.isPending || rows.isPending) && !rows.isError && <Skeleton lines={3} />}
      {model.data && rows.data && (
        <div className="sheet clipped">
          <SchemaTable model={model.data} data={rows.data} columns={columns} sort="" loading={false} empty={null} addressOf={addressOf} />
        </div>
      )}
    </section>
  )
}

export function Related({ kinds, id }: { kinds: RelatedKind[]; id: Id }) {
  const t = useTexts(recordWords)
  const filled = kinds.filter((kind) => kind.count > 0)
  if (!filled.length) return <p className="nothing">{t('relatedNone')}</p>
  return filled.map((kind) => <RelatedList key={`${kind.entity}.${kind.field}`} kind={kind} id={id} />)
}

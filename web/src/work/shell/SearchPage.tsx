import { Link, useSearchParams } from 'react-router'
import { langNow, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import type { Text } from '../../shared/spec'
import { useLabel } from '../labels'
import { shownColumns } from '../list/columns'
import { emptyQuery } from '../list/query'
import { listAddress, recordAddress } from '../paths'
import { useModel, useRows } from '../records'
import { isEmpty, valueText } from '../values'
import type { Dict, Model, Row } from '../wire'
import { Crumbs } from './Crumbs'
import { entitiesIn, useMenu } from './menu'
import { searchWords } from './words'

const EACH = 5
const SHOWN = 3

/** The first columns of the record, as its list would show them. */
function lineOf(row: Row, model: Model, dict: Dict | null | undefined): string {
  const fields = shownColumns(model, [])
    .slice(0, SHOWN)
    .flatMap((key) => model.fields.find((field) => field.key === key) ?? [])
  return fields
    .filter((field) => !isEmpty(row[field.key]))
    .map((field) => valueText(field, row[field.key], row, dict, langNow()))
    .join('　')
}

/** Hits of one kind of record; a kind without hits takes no room. */
function Hits({ entity, label, q }: { entity: string; label: Text; q: string }) {
  const t = useTexts(searchWords)
  const said = useLabel()
  const model = useModel(entity).data
  const query = { ...emptyQuery, q }
  const rows = useRows(entity, query, EACH, Boolean(model?.ui.table.search?.length))
  if (!model || (rows.isPending && rows.fetchStatus === 'idle')) return null
  if (rows.isError)
    return (
      <section className="card">
        <h2>{said(label)}</h2>
        <Failed error={rows.error} again={() => void rows.refetch()} />
      </section>
    )
  if (rows.isPending)
    return (
      <section className="card">
        <h2>{said(label)}</h2>
        <Skeleton lines={3} />
      </section>
    )
  if (!rows.data.rows.length) return null
  return (
    <section className="card">
      <h2>{said(label)}</h2>
      <ul className="hits">
        {rows.data.rows.map((row) => (
          <li key={row.id}>
            <Link to={recordAddress(entity, row.id)}>{lineOf(row, model, rows.data.dict) || String(row.id)}</Link>
          </li>
        ))}
      </ul>
      <Link className="desk-link" to={listAddress(entity, query)}>
        {t('all', { label: said(label) })}
      </Link>
    </section>
  )
}

export default function SearchPage() {
  const t = useTexts(searchWords)
  const [params] = useSearchParams()
  const menu = useMenu()
  const q = params.get('q') ?? ''
  const title = q ? t('title', { q }) : t('hint')
  return (
    <div className="page">
      <Crumbs path={[{ label: title }]} />
      <h1>{title}</h1>
      {q && (
        <div className="hit-list" aria-live="polite">
          {entitiesIn(menu.data).map(({ entity, label }) => (
            <Hits key={entity} entity={entity} label={label} q={q} />
          ))}
          <p className="none">{t('none', { q })}</p>
        </div>
      )}
    </div>
  )
}

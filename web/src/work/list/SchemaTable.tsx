/** Records as a table. A plain HTML table: what a column is comes from the model, what a row does from the page. */
import { memo, useMemo, type MouseEvent, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { useLang, useSaid, useTexts, type Lang } from '../../shared/i18n'
import { modelOf } from '../lives'
import { headText, isEmpty, isMasked, valueText } from '../values'
import type { Dict, Field, Id, Model, Row, Rows } from '../wire'
import { Cell } from './Cell'
import { columnsFor, widthNeeded, type Column } from './columns'
import { sortOrder, sortText } from './query'
import './table.css'
import { listWords } from './words'

interface TableOf {
  model: Model
  data: Rows | undefined
  columns: string[]
  sort: string
  loading?: boolean
  selected?: string | undefined
  empty: ReactNode
  addressOf: (row: Row) => string
  onSort?: (sort: string) => void
  pick?: Pick
}
/** Rows that can be chosen for something done to many. */
export interface Pick {
  picked: ReadonlyMap<Id, unknown>
  onPick: (row: Row) => void
  label: (row: Row) => string
}

const ARIA = { ascend: 'ascending', descend: 'descending' } as const
/** Up, down, then back to the order that the model declares. */
const NEXT = { ascend: 'descend', descend: null, none: 'ascend' } as const

function Head({ column, sort, onSort }: { column: Column; sort: string; onSort?: ((sort: string) => void) | undefined }) {
  const t = useTexts(listWords)
  const lang = useLang()
  const { field } = column
  const text = headText(field, lang)
  const order = sortOrder(sort, field.key)
  const head = { scope: 'col' as const, 'data-end': column.toEnd || undefined, title: text }
  if (!onSort || !field.sortable) return <th {...head}>{text}</th>
  return (
    <th {...head} aria-sort={order ? ARIA[order] : 'none'}>
      <button type="button" title={t('sortBy', { what: text })} onClick={() => onSort(sortText(field.key, NEXT[order ?? 'none']))}>
        <span>{text}</span>
        <i aria-hidden="true" data-order={order ?? undefined} />
      </button>
    </th>
  )
}

/** What may be cut at the end of its column, for whoever points at it; numbers and days always fit. */
function wholeText(field: Field, row: Row, dict: Dict | null | undefined, masked: string[], lang: Lang): string | undefined {
  const fits = !['text', 'choice', 'place', 'office', 'offices', 'document'].includes(field.kind)
  return fits || isEmpty(row[field.key]) || isMasked(field, row, masked) ? undefined : valueText(field, row[field.key], row, dict, lang)
}

interface LineOf {
  row: Row
  columns: Column[]
  model: Model
  dict: Dict | null | undefined
  masked: string[]
  selected: boolean
  to: string
  onOpen: (to: string) => void
  pick: Pick | undefined
  isPicked: boolean
}

const Line = memo(function Line({ row, columns, model, dict, masked, selected, to, onOpen, pick, isPicked }: LineOf) {
  const lang = useLang()
  const open = (event: MouseEvent) => {
    const onControl = event.target instanceof Element && event.target.closest('a, button, label, input')
    if (!onControl && !getSelection()?.toString()) onOpen(to)
  }
  return (
    <tr aria-current={selected || undefined} onClick={open}>
      {pick && (
        <td className="pick">
          <label>
            <input type="checkbox" checked={isPicked} onChange={() => pick.onPick(row)} aria-label={pick.label(row)} />
          </label>
        </td>
      )}
      {columns.map(({ field, isTitle, isCode, toEnd }) => (
        <td key={field.key} data-end={toEnd || undefined} className={isCode ? 'num' : undefined} title={wholeText(field, row, dict, masked, lang)}>
          {isTitle ? (
            <Link to={to} className="title-link">
              {valueText(field, row[field.key], row, dict, lang)}
            </Link>
          ) : (
            <Cell field={field} row={row} dict={dict} masked={isMasked(field, row, masked)} model={modelOf(model, row)} />
          )}
        </td>
      ))}
    </tr>
  )
})

export function SchemaTable({ model, data, columns: chosen, sort, loading = false, selected, empty, addressOf, onSort, pick }: TableOf) {
  const t = useTexts(listWords)
  const said = useSaid()
  const go = useNavigate()
  const lang = useLang()
  const columns = useMemo(() => columnsFor(model, chosen, lang), [model, chosen, lang])
  const onOpen = useMemo(() => (to: string) => void go(to), [go])
  const name = t('table', { label: said(model.label) })
  const rows = data?.rows ?? []
  return (
    <div className="table-scroll" role="region" aria-label={name} tabIndex={0} data-loading={loading || undefined}>
      <table className="schema-table" aria-label={name} style={{ minWidth: widthNeeded(columns) + (pick ? 44 : 0) }}>
        <colgroup>
          {pick && <col style={{ width: 44 }} />}
          {columns.map(({ field, width }) => (
            <col key={field.key} style={width ? { width } : undefined} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {pick && <td className="pick" />}
            {columns.map((column) => (
              <Head key={column.field.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line
              key={row.id}
              row={row}
              columns={columns}
              model={model}
              dict={data?.dict}
              masked={data?.masked ?? []}
              selected={String(row.id) === selected}
              to={addressOf(row)}
              onOpen={onOpen}
              pick={pick}
              isPicked={pick?.picked.has(row.id) ?? false}
            />
          ))}
        </tbody>
      </table>
      {!rows.length && empty}
    </div>
  )
}

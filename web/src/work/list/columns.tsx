/** Columns of a table from the fields of a model. */
import type { TableColumnType } from 'antd'
import { Link } from 'react-router'
import type { Lang } from '../../shared/i18n'
import { titleField } from '../titles'
import { headText, isMasked, isNumeric, valueText, widthOf } from '../values'
import type { Dict, Field, Model, Row } from '../wire'
import { Cell } from './Cell'
import { sortOrder } from './query'

interface Picture { model: Model; sortable: boolean; keys: string[]; sort: string; dict: Dict | null | undefined; masked: string[]; lang: Lang; addressOf: (row: Row) => string }

/** The model's columns when none are chosen; fields that no longer exist are dropped. */
export function shownColumns(model: Model, chosen: string[]): string[] {
  const known = new Set(model.fields.map((field) => field.key))
  const kept = chosen.filter((key) => known.has(key))
  return kept.length ? kept : model.ui.table.columns.filter((key) => known.has(key))
}

function TitleCell({ field, row, dict, to, lang }: { field: Field; row: Row; dict: Dict | null | undefined; to: string; lang: Lang }) {
  return <Link to={to} className={field.kind === 'text' ? 'title-link' : 'title-link num'}>{valueText(field, row[field.key], row, dict, lang)}</Link>
}

function columnOf(field: Field, picture: Picture, isTitle: boolean): TableColumnType<Row> {
  const { model, dict, masked, lang, sort, sortable, addressOf } = picture
  const isCode = field.kind === 'text' && Boolean(model.key?.includes(field.key))
  const width = isCode && !isTitle ? CODE : widthOf(field)
  return {
    key: field.key,
    dataIndex: field.key,
    title: headText(field, lang),
    align: isNumeric(field) ? 'right' : 'left',
    ellipsis: true,
    sorter: sortable && Boolean(field.sortable),
    sortOrder: sortOrder(sort, field.key),
    ...(isCode ? { className: 'num' } : {}),
    ...(width ? { width } : isTitle ? { width: 280 } : {}),
    render: (_value, row) =>
      isTitle
        ? <TitleCell field={field} row={row} dict={dict} to={addressOf(row)} lang={lang} />
        : <Cell field={field} row={row} dict={dict} masked={isMasked(field, row, masked)} model={model} />,
  }
}

export function columnsFor(picture: Picture): TableColumnType<Row>[] {
  const title = picture.keys.includes(titleField(picture.model)) ? titleField(picture.model) : picture.keys[0]
  return picture.keys.flatMap((key) => {
    const field = picture.model.fields.find((one) => one.key === key)
    return field ? [columnOf(field, picture, key === title)] : []
  })
}

const FLEXIBLE = 168
const CODE = 116

/** The least width at which every column can be read; narrower windows scroll the table, not the page. */
export const widthNeeded = (columns: TableColumnType<Row>[]): number =>
  columns.reduce((sum, column) => sum + (typeof column.width === 'number' ? column.width : FLEXIBLE), 0)

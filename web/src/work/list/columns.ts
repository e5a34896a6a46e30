/** Columns of a table from the fields of a model. */
import { titleField } from '../titles'
import { isNumeric, widthOf } from '../values'
import type { Field, Model } from '../wire'

export interface Column {
  field: Field
  width: number | null
  isTitle: boolean
  isCode: boolean
  toEnd: boolean
}

/** The model's columns when none are chosen; fields that no longer exist are dropped. */
export function shownColumns(model: Model, chosen: string[]): string[] {
  const known = new Set(model.fields.map((field) => field.key))
  const kept = chosen.filter((key) => known.has(key))
  return kept.length ? kept : model.ui.table.columns.filter((key) => known.has(key))
}

const CODE = 116
const TITLE = 264
const FLEXIBLE = 168

function widthIn(field: Field, isTitle: boolean, isCode: boolean): number | null {
  if (isCode) return CODE
  return widthOf(field) ?? (isTitle ? TITLE : null)
}

export function columnsFor(model: Model, chosen: string[]): Column[] {
  const keys = shownColumns(model, chosen)
  const title = keys.includes(titleField(model)) ? titleField(model) : keys[0]
  return keys.flatMap((key) => {
    const field = model.fields.find((one) => one.key === key)
    if (!field) return []
    const isTitle = key === title
    const isCode = !isTitle && field.kind === 'text' && Boolean(model.key?.includes(key))
    return [{ field, width: widthIn(field, isTitle, isCode), isTitle, isCode, toEnd: isNumeric(field) }]
  })
}

/** The least width at which every column can be read; narrower windows scroll the table, not the page. */
export const widthNeeded = (columns: Column[]): number => columns.reduce((sum, column) => sum + (column.width ?? FLEXIBLE), 0)

/** Columns of a table from the fields of a model. */
import { titleField } from '../titles'
import type { Lang } from '../../shared/spec'
import { headText, isNumeric, widthOf } from '../values'
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

const CODE = 136
const TITLE = 264
const FLEXIBLE = 168
const WIDE = 14.5
const NARROW = 8.5
/** The space on both sides of a name and the arrow of its order. */
const HEAD_SPACE = 40

/** Room for the whole name of a column: a Chinese letter is as wide as it is high, a Latin one about half of that. */
function headWidth(field: Field, lang: Lang): number {
  const letters = [...headText(field, lang)]
  return letters.reduce((sum, letter) => sum + (letter > '\u2e80' ? WIDE : NARROW), HEAD_SPACE)
}

function widthIn(field: Field, isTitle: boolean, isCode: boolean, lang: Lang): number | null {
  const usual = isCode ? CODE : (widthOf(field) ?? (isTitle ? TITLE : null))
  return usual && Math.max(usual, headWidth(field, lang))
}

export function columnsFor(model: Model, chosen: string[], lang: Lang): Column[] {
  const keys = shownColumns(model, chosen)
  const title = keys.includes(titleField(model)) ? titleField(model) : keys[0]
  return keys.flatMap((key) => {
    const field = model.fields.find((one) => one.key === key)
    if (!field) return []
    const isTitle = key === title
    const isCode = !isTitle && field.kind === 'text' && Boolean(model.key?.includes(key))
    return [{ field, width: widthIn(field, isTitle, isCode, lang), isTitle, isCode, toEnd: isNumeric(field) }]
  })
}

/** The least width at which every column can be read; narrower windows scroll the table, not the page. */
export const widthNeeded = (columns: Column[]): number => columns.reduce((sum, column) => sum + (column.width ?? FLEXIBLE), 0)

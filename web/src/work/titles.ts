/** What a record is called in a list of records. */
import { langNow, type Lang } from '../shared/i18n'
import { isEmpty, isMasked, isNumeric, unitText, valueText } from './values'
import type { Model, Values } from './wire'

const USUAL = ['title', 'name', 'label']

/** The field that names a record: the declared one, the usual ones, then the first text among the columns. */
export function titleField(model: Model): string {
  const columns = model.ui.table.columns
  if (model.title) return model.title
  const usual = USUAL.find((key) => columns.includes(key))
  const text = columns.find((key) => model.fields.find((field) => field.key === key)?.kind === 'text')
  return usual ?? text ?? columns[0] ?? 'id'
}

export function titleOf(row: Values, model: Model): string {
  const key = titleField(model)
  const field = model.fields.find((one) => one.key === key)
  return field && !isEmpty(row[key]) ? valueText(field, row[key], row, null, langNow()) : `#${String(row['id'])}`
}

const MORE = 3

/** The title with what tells it from others of the same name: the first columns of its list that say something in words. */
export function tellingOf(row: Values, model: Model, lang: Lang): string {
  const columns = model.ui.table.columns.filter((key) => key !== titleField(model))
  const told = columns.flatMap((key) => model.fields.filter((field) => field.key === key && field.kind !== 'flag' && !isEmpty(row[key]) && !isMasked(field, row, [])))
  const words = told.slice(0, MORE).map((field) => `${valueText(field, row[field.key], row, null, lang)}${isNumeric(field) ? unitText(field, lang) : ''}`)
  return [titleOf(row, model), ...words].join(' · ')
}

/** The title of a case or the like, in the reader's language where it has one in it. */
export const titleSaid = (row: Values, lang: Lang = langNow()): string => String((lang === 'en' && row['title_en']) || row['title'])

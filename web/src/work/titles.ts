/** What a record is called in a list of records. */
import { langNow, type Lang } from '../shared/i18n'
import { isEmpty, valueText } from './values'
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

/** The title of a case or the like, in the reader's language where it has one in it. */
export const titleSaid = (row: Values, lang: Lang = langNow()): string => String((lang === 'en' && row['title_en']) || row['title'])

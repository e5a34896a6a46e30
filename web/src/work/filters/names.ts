import { emptyQuery, type Where } from '../list/query'
import { usePathTo } from '../places'
import { useModel, useRows } from '../records'
import { said } from '../../shared/i18n'
import { titleOf } from '../titles'
import type { Field } from '../wire'

const valuesOf = (conditions: Where[], op: Where['op'][]): string => conditions.find((where) => op.includes(where.op))?.value ?? ''

/** Labels of the codes in a filter that only the server can name: a place by its path, records by their titles. */
export function useNames(field: Field, conditions: Where[]): Record<string, string> {
  const place = field.kind === 'place' ? valuesOf(conditions, ['within', 'eq']) : ''
  const ids = field.kind === 'reference' ? valuesOf(conditions, ['in', 'eq']) : ''
  const path = usePathTo(place)
  const model = useModel(ids ? field.reference : null).data
  const query = { ...emptyQuery, where: [{ field: 'id', op: 'in' as const, value: ids }] }
  const rows = useRows(field.reference ?? '', query, 50, Boolean(ids && model))
  const names: Record<string, string> = {}
  for (const row of (place && path.data) || []) names[row.code] = said(row.name)
  for (const row of (ids && model && rows.data?.rows) || []) names[String(row.id)] = titleOf(row, model!)
  return names
}

import { useQueries } from '@tanstack/react-query'
import { api } from '../../shared/api'
import { said } from '../../shared/i18n'
import type { Where } from '../list/query'
import { usePathTo } from '../places'
import { recordPath } from '../records'
import type { Field, RecordAnswer } from '../wire'

const valueOf = (conditions: Where[], ops: Where['op'][]): string => conditions.find((where) => ops.includes(where.op))?.value ?? ''

/** Labels of the codes in a filter that only the server can name: a place by its path, records by their titles. */
export function useNames(field: Field, conditions: Where[]): Record<string, string> {
  const place = field.kind === 'place' ? valueOf(conditions, ['within', 'at', 'eq']) : ''
  const ids = field.kind === 'reference' ? valueOf(conditions, ['in', 'eq']).split(',').filter(Boolean) : []
  const path = usePathTo(place)
  const records = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['records', field.reference, 'title', id],
      queryFn: () => api.get<RecordAnswer>(recordPath(field.reference ?? '', id)),
      staleTime: 300_000,
    })),
  })
  const titles = ids.map((id, index) => [id, records[index]?.data?.title ?? `#${id}`])
  const places = ((place && path.data) || []).map((row) => [row.code, said(row.name)])
  return Object.fromEntries([...titles, ...places]) as Record<string, string>
}

/** Reading models and records: each answer is fetched again when the stream says that records of its kind changed. */
import { keepPreviousData, useQuery, useQueryClient, type Query as Asked } from '@tanstack/react-query'
import { api } from '../shared/api'
import { useLang } from '../shared/i18n'
import type { Query } from '../shared/api'
import { toRequest, toScope, type ListQuery } from './list/query'
import type { Count, Facet, HistoryEntry, Id, Model, RecordAnswer, Rows, SavedView } from './wire'

export const PAGE_SIZE = 50
export const recordPath = (entity: string, id?: Id): string => `/api/records/${entity}${id === undefined ? '' : `/${id}`}`

/** A repeated key becomes a list, which `api` writes back as a repeated key. */
export function queryOf(params: URLSearchParams): Query {
  return Object.fromEntries([...new Set(params.keys())].map((key) => [key, params.getAll(key)]))
}

/** Labels of a model come in the reader's language, so the language is part of its key. */
export function useModel(entity: string | null | undefined) {
  const lang = useLang()
  return useQuery({
    queryKey: ['model', entity, lang],
    queryFn: ({ signal }) => api.get<Model>(`/api/models/${entity}`, {}, signal),
    enabled: Boolean(entity),
    staleTime: Infinity,
  })
}

export function useRows(entity: string, query: ListQuery, limit = PAGE_SIZE, enabled = true) {
  const params = toRequest(query, limit)
  const lang = useLang()
  return useQuery({
    queryKey: ['records', entity, 'rows', params.toString(), lang],
    queryFn: ({ signal }) => api.get<Rows>(recordPath(entity), queryOf(params), signal),
    placeholderData: keepPreviousData,
    meta: { topics: [entity] },
    enabled,
  })
}

export function useCount(entity: string, query: ListQuery) {
  const params = toScope(query)
  return useQuery({
    queryKey: ['records', entity, 'count', params.toString()],
    queryFn: ({ signal }) => api.get<Count>(`${recordPath(entity)}/count`, queryOf(params), signal),
    placeholderData: keepPreviousData,
    meta: { topics: [entity] },
  })
}

/** Counts per value of one field, under every other condition. */
export function useFacets(entity: string, field: string | undefined, query: ListQuery) {
  const params = toScope(query, field)
  return useQuery({
    queryKey: ['records', entity, 'facets', field, params.toString()],
    queryFn: ({ signal }) => api.get<{ rows: Facet[] }>(`${recordPath(entity)}/facets`, { field, ...queryOf(params) }, signal),
    enabled: Boolean(field),
    placeholderData: keepPreviousData,
    meta: { topics: [entity] },
  })
}

export const recordKey = (entity: string, id: Id) => ['records', entity, 'one', String(id)] as const

export function useRecord(entity: string, id: Id | undefined) {
  const lang = useLang()
  return useQuery({
    queryKey: [...recordKey(entity, id ?? ''), lang],
    queryFn: ({ signal }) => api.get<RecordAnswer>(recordPath(entity, id), {}, signal),
    enabled: id !== undefined,
    meta: { topics: [entity] },
  })
}

export function useHistory(entity: string, id: Id) {
  const lang = useLang()
  return useQuery({
    queryKey: ['records', entity, 'history', String(id), lang],
    queryFn: ({ signal }) => api.get<{ rows: HistoryEntry[] }>(`${recordPath(entity, id)}/history`, {}, signal),
    meta: { topics: [entity] },
  })
}

export function useViews(entity: string) {
  return useQuery({
    queryKey: ['views', entity],
    queryFn: async ({ signal }) => {
      const answer = await api.get<SavedView[] | { rows: SavedView[] }>(`/api/views/${entity}`, {}, signal)
      return Array.isArray(answer) ? answer : answer.rows
    },
  })
}

/** After a change here, everything read about records of that kind is out of date, without waiting for the stream. */
export function useForget(): (...entities: string[]) => Promise<void> {
  const queries = useQueryClient()
  return async (...entities) => {
    const isRecords = ({ queryKey: [room, entity] }: Asked) => room === 'records' && entities.includes(String(entity))
    const isAbout = (query: Asked) => ((query.meta?.['topics'] as string[] | undefined) ?? []).some((topic) => entities.includes(topic))
    await queries.invalidateQueries({ predicate: isRecords })
    void queries.invalidateQueries({ predicate: (query) => !isRecords(query) && isAbout(query) })
    void queries.invalidateQueries({ queryKey: ['data'] })
  }
}

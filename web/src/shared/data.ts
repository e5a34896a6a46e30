/** Rows of a data source for the scope of the page: fetched, refreshed, kept on view while the next answer is under way. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api } from './api'
import { useLiveState } from './live'
import { resolvedAll, type Surroundings } from './refs'
import { useScope } from './scope'
import { useUser } from './session'
import type { Data, Envelope, Row } from './spec'

const RETRY_MS = 10_000
const WITHOUT_STREAM_MS = 60_000
const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** `60s`, `5m`, `1h` in milliseconds; `live`, `none` and nothing have no interval. */
export function intervalOf(refresh: string | null | undefined): number | undefined {
  const match = /^(\d+)([smh])$/.exec(refresh ?? '')
  return match ? Number(match[1]) * (UNITS[match[2] as string] as number) : undefined
}

export interface Loaded<R extends Row = Row> {
  envelope: Envelope<R> | undefined
  error: Error | null
  stale: boolean
  /** These figures are of the scope before; those of this one are under way. */
  waiting: boolean
  again: () => void
}

/** Old beyond three refresh periods, or said to be so by the source. */
export function isStale(envelope: Envelope | undefined, fetchedAt: number, interval: number | undefined, now = Date.now()): boolean {
  if (!envelope) return false
  if (envelope.quality === 'stale') return true
  if (!interval) return false
  const limit = now - 3 * interval
  const follows = envelope.quality === 'live' || envelope.quality === 'delayed'
  return fetchedAt < limit || (follows && envelope.as_of !== null && Date.parse(envelope.as_of) < limit)
}

export function dataQuery<R extends Row = Row>(data: Data, around: Surroundings) {
  const params = resolvedAll(data.params, around)
  return queryOptions({
    queryKey: ['data', data.source, params],
    queryFn: ({ signal }) => api.get<Envelope<R>>(`/api/data/${data.source}`, params, signal),
    meta: { topics: data.topics ?? [] },
  })
}

/** The envelope of a source; params are taken from the scope of the page unless `around` says otherwise. */
export function useData<R extends Row = Row>(data: Data | null | undefined, around?: Surroundings): Loaded<R> {
  const scope = useScope()
  const user = useUser()
  const lost = useLiveState() === 'lost'
  const interval = intervalOf(data?.refresh) ?? (data?.refresh === 'live' && lost ? WITHOUT_STREAM_MS : undefined)
  const query = useQuery({
    ...dataQuery<R>(data ?? { source: '' }, { scope, user, ...around }),
    enabled: Boolean(data),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.status === 'error' ? RETRY_MS : (interval ?? false)),
  })
  return {
    envelope: query.data,
    error: query.data ? null : query.error,
    stale: isStale(query.data, query.dataUpdatedAt, interval) || query.isRefetchError,
    waiting: query.isPlaceholderData,
    again: () => void query.refetch(),
  }
}

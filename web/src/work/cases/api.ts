/** What the server says about cases beside the registers. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, Problem } from '../../shared/api'
import { useLang } from '../../shared/i18n'
import type { Label, Text } from '../../shared/spec'
import { toScope, type ListQuery } from '../list/query'
import type { Dict, Id, Row } from '../wire'

export const CASE = 'cases.case'
const live = { topics: [CASE] }

export interface Column {
  stage: string
  label: Text
  count: number
  overdue: number
  final: boolean
  phase: string
  rows: Row[]
  more: number
}
export interface BoardAnswer {
  kind: string
  columns: Column[]
  dict: Dict
}
export interface Figures {
  hours: { weekday: string; hour: string; count: number }[]
  stock: { stage: string; label: Text; final: boolean; count: number; overdue: number }[]
  dict: Dict
  closing: { count: number; mean_h: number | null; in_time: number; spans: { span: string; label: Text; count: number }[] }
}
export type Stands = 'running' | 'paused' | 'over' | 'met' | 'missed' | 'dropped'
export interface CaseClock {
  key: string
  label: Text
  limit: Text
  working: boolean
  basis: string
  source: string
  clause: string
  started_at: string
  due_at: string | null
  met_at: string | null
  ended_at: string | null
  breached_at: string | null
  paused_at: string | null
  stands: Stands
  left_s: number | null
  /** How long a working day is. */
  day_s: number
  used: number | null
  why_paused: string
}
export interface Reporter {
  id: Id
  first: boolean
  at: string
  anonymous: boolean
  forgotten: boolean
  name: string | null
  phone: string | null
}
export interface Beside {
  routing: {
    found: { office?: string; why?: Text; rule?: number | null }
    office: Text | null
    rules: { rule: number; order: number; name: string; label: Text; misfit: Text | null }[]
  }
  people: Reporter[]
  may_reveal: boolean
  similar: Other[]
}
/** A case beside another: how far, how old, how like and why. */
export interface Other {
  id: Id
  number: string
  title: string
  kind: Text | null
  state: Text
  phase: string
  place: Text | null
  opened_at: string
  age_days: number
  supporters: number
  distance_m: number | null
  reasons: (Label & { key: string })[]
}

const paramsOf = (query: ListQuery): Record<string, string | string[]> => {
  const params = toScope(query)
  return { q: params.get('q') ?? '', where: params.getAll('where'), set: params.get('set') ?? '' }
}

export function useBoard(kind: string, query: ListQuery) {
  const lang = useLang()
  const asked = paramsOf(query)
  return useQuery({
    queryKey: ['cases', 'board', kind, asked, lang],
    queryFn: ({ signal }) => api.get<BoardAnswer>(`/api/cases/board/${kind}`, asked, signal),
    placeholderData: keepPreviousData,
    enabled: kind !== '',
    meta: live,
  })
}

export function useFigures(query: ListQuery) {
  const asked = paramsOf(query)
  return useQuery({
    queryKey: ['cases', 'figures', asked],
    queryFn: ({ signal }) => api.get<Figures>('/api/cases/figures', asked, signal),
    placeholderData: keepPreviousData,
    meta: live,
  })
}

export function useClocks(id: Id) {
  return useQuery({
    queryKey: ['cases', 'clocks', String(id)],
    queryFn: ({ signal }) => api.get<{ rows: CaseClock[] }>(`/api/cases/${id}/clocks`, {}, signal),
    meta: live,
  })
}

export function useBeside(id: Id) {
  const lang = useLang()
  return useQuery({
    queryKey: ['cases', 'beside', String(id), lang],
    queryFn: ({ signal }) => api.get<Beside>(`/api/cases/${id}/beside`, {}, signal),
    meta: live,
  })
}

/** Cases that this one may be merged into or related to; like ones nearby while no words are given. */
export function useOthers(id: Id | undefined, q: string, toMerge: boolean) {
  const lang = useLang()
  return useQuery({
    queryKey: ['cases', 'others', String(id), q, toMerge, lang],
    queryFn: ({ signal }) => api.get<{ rows: Other[] }>(`/api/cases/${id}/others`, { q, to_merge: toMerge }, signal),
    placeholderData: keepPreviousData,
    enabled: id !== undefined,
    meta: live,
  })
}

/** Whoever sees only what is public of a case is not shown that there is more. */
export const isClosed = (error: unknown): boolean => error instanceof Problem && error.status === 403

export const reveal = (id: Id, purpose: string) => api.post<{ rows: Reporter[] }>(`/api/cases/${id}/people`, { purpose })

/** The address of the tiles for the map's library. */
export function tilesAddress(query: ListQuery, origin = location.origin): string {
  const text = toScope(query).toString()
  return `${origin}/api/tiles/cases/{z}/{x}/{y}.mvt${text ? `?${text}` : ''}`
}

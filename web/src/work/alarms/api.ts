/** What the alarm desk reads: rescues that run with their calls, the proof of coverage, the ways of telling people. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import type { Label } from '../../shared/spec'
import type { Dict, Id } from '../wire'

export const RESCUE = 'alarms.rescue'
export const CALL = 'alarms.rescuecall'
const BOARD = ['alarms', 'board'] as const
const EVERY_MS = 10_000

export interface Call {
  id: number
  version: number
  rung: number
  call: string
  state: string
  who: string | null
  relation: string | null
  told_at: string
  answered_at: string | null
  eta_at: string | null
  there_at: string | null
  why: string | null
  walk_s: number | null
  exact: boolean
}
export interface Rescue {
  id: number
  version: number
  case: Id
  alarm: string
  state: string
  title: string
  /** The title in both languages. */
  said: Label
  place__label?: Label
  lon: number | string | null
  lat: number | string | null
  located: string
  raised_at: string
  presses: number
  rung: number
  next_at: string | null
  at_top_at: string | null
  answered_at: string | null
  coming_at: string | null
  there_at: string | null
  ended_at: string | null
  ended_by: string | null
  outcome: string | null
  note: string | null
  is_test: boolean
  calls: Call[]
  ladder: { key: string; label: Label }[]
}
export interface Kind {
  key: string
  label: Label
  /** The register of those whom it is about. */
  on: string | null
  outcomes: { key: string; label: Label }[]
}
export interface Clock {
  key: string
  label: Label | null
  due_at: string | null
  met_at: string | null
}
export interface Figures {
  days: number
  rescues: number
  real: number
  answered_s: number | null
  there_s: number | null
  in_time_pct: number | null
}
export interface About {
  person: { name: string; address: string; phone: string; facts: { label: Label; said: Label }[] }
  contacts: { name: string; relation: Label; phone: string }[]
}
export interface Board {
  rows: Rescue[]
  dict: Dict
  call_dict: Record<string, Label>
  clocks: Record<string, Clock[]>
  alarms: Kind[]
  figures: Figures
  /** May the reader raise, answer for others, and end? */
  may_act: boolean
  /** May the reader be shown whom it is about, and review? */
  may_look: boolean
  as_of: string
}

/** The stream says when something changed; the pause is for when it does not. */
export function useBoard() {
  return useQuery({
    queryKey: BOARD,
    queryFn: ({ signal }) => api.get<Board>('/api/alarms/board', {}, signal),
    refetchInterval: EVERY_MS,
    meta: { topics: [RESCUE, CALL] },
  })
}

export interface Cover {
  places: string[]
  names: Label[]
  role: string
  role_label: Label
  hours: string
  covered_pct: number
  gaps: { from: string; to: string }[]
}

export function useCoverage(days: number) {
  return useQuery({
    queryKey: ['alarms', 'coverage', days],
    queryFn: ({ signal }) => api.get<{ begin: string; days: number; rows: Cover[] }>('/api/alarms/coverage', { days }, signal),
  })
}

export interface Way {
  key: string
  label: Label
  lacks: Label | null
  queued?: number
  sent?: number
  received?: number
  failed?: number
  off?: number
}

export function useWays() {
  return useQuery({
    queryKey: ['records', 'notices.delivery', 'ways'],
    queryFn: async ({ signal }) => (await api.get<{ rows: Way[] }>('/api/notices/ways', {}, signal)).rows,
    refetchInterval: EVERY_MS,
  })
}

export const raise = (alarm: string, subject: string, isTest: boolean): Promise<unknown> =>
  api.post(`/api/records/${RESCUE}/actions/raise`, { values: { alarm, subject, is_test: isTest } })

export const end = (rescue: Rescue, outcome: string, note: string): Promise<unknown> =>
  api.post(`/api/records/${RESCUE}/${rescue.id}/actions/end`, { values: { outcome, note }, version: rescue.version })

export const review = (rescue: Rescue, opinion: string, outcome: string): Promise<unknown> =>
  api.post(`/api/records/${RESCUE}/${rescue.id}/actions/review`, { values: { opinion, outcome }, version: rescue.version })

/** Asking is a look at a person, and is kept. */
export const askPerson = (rescue: Rescue): Promise<About> => api.post<About>(`/api/alarms/rescues/${rescue.id}/person`, {})

export const callAct = (call: Call, act: string, values: object, why = ''): Promise<unknown> =>
  api.post(`/api/records/${CALL}/${call.id}/actions/${act}`, { values, why, version: call.version })

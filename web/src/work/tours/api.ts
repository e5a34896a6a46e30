/** What the planner of rounds reads and sends. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import type { Label } from '../../shared/spec'

export type Spot = [lon: number, lat: number]

export type Window = [opens_s: number, closes_s: number]

export interface Due {
  record: number
  title: Label
  place: Label
  due_on: string
  lon: number | null
  lat: number | null
  /** Seconds of the day within which it begins; none at all when it is closed that day, null for any time. */
  windows: Window[] | null
  stay_s: number
  load: number
  owner: number | null
}
export interface Goer {
  account: number
  name: string
  place: Label | null
  start: Spot | null
  /** The rounds that are handed out to them for that day: how many stops are still to be made and how many are behind them. */
  busy: { plan: number; label: Label | null; left: number; over: number }[]
  /** On duty on that day, in words. */
  duty: Label | null
}
export interface Tour {
  key: string
  label: Label
  day: string
  basis: Label
  begins_s: number
  ends_s: number
  stay_s: number
  capacity: number | null
  entity: string
  /** What the hours of its stops are called. */
  window: Label
  stops: Due[]
  people: Goer[]
}
export interface Visit extends Due {
  number: number
  arrive_s: number
  begin_s: number
  leave_s: number
  wait_s: number
  walk_s: number
  metres: number
  late_s: number
  locked: boolean
  line: Spot[] | null
}
export interface Round {
  account: number
  name: string
  start: Spot
  begins_s: number
  back_s: number
  back_line: Spot[] | null
  walk_s: number
  metres: number
  over_s: number
  excess: number
  has_gap: boolean
  fits: boolean
  stops: Visit[]
}
export interface Left {
  record: number
  title: Label
  place: Label
  lon: number | null
  lat: number | null
  reason: string
  why: Label
}
interface Sum {
  walk_s: number
  metres: number
  wait_s: number
  stops: number
  late: number
}
export interface Plan {
  exact: boolean
  note: Label | null
  rounds: Round[]
  unserved: Left[]
  total: Sum
  crow: Sum
}
/** Account to records in order; record to account. */
export type Order = Record<number, number[]>
export type Locks = Record<number, number>
export interface Chosen {
  day: string
  stops: number[]
  people: number[]
  locks: Locks
  order?: Order
}

export function useTours(day: string) {
  return useQuery({
    queryKey: ['tours', day],
    queryFn: ({ signal }) => api.get<{ tours: Tour[] }>('/api/tours', { day }, signal),
    meta: { topics: ['tours.plannedstop', 'tours.plan'] },
  })
}

export const planned = (tour: string, chosen: Chosen): Promise<Plan> => api.post<Plan>(`/api/tours/${tour}/plan`, chosen)
export const keep = (tour: string, chosen: Chosen): Promise<{ id: number }> => api.post<{ id: number }>(`/api/tours/${tour}/plans`, chosen)
export const handOut = (plan: number): Promise<unknown> => api.post(`/api/tours/plans/${plan}/hand-out`, {})
export const paperOf = (plan: number): string => `/api/records/tours.plan/${plan}/paper.pdf`

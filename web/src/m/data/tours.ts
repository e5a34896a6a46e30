/** One's own rounds of today, as one answer that the phone keeps: with the way to each stop it is walked without a network. */
import type { Text } from '../../shared/spec'

export interface WayStep { turn: string; text: Text; metres: number }
export interface Way { steps: WayStep[]; line: [lon: number, lat: number][] | null }
export type StopState = 'planned' | 'done' | 'nobody' | 'skipped'

export interface TourStop {
  id: number
  record: number
  number: number
  /** Null when it is due no more: then nobody is told whose it was. */
  title: Text | null
  place: Text | null
  /** Something can still be written down there. */
  open: boolean
  facts: { label: Text; said: Text }[]
  lon: number | null
  lat: number | null
  arrive_at: string
  /** Seconds of the day within which it begins; none for any time. What the phone kept before has none. */
  windows?: [number, number][]
  walk_s: number
  metres: number
  state: StopState
  way: Way | null
}
/** `window`: what the hours of its stops are called; what the phone kept before has none. */
export interface Tour { plan: number; key: string; label: Text | null; window?: Text | null; day: string; exact: boolean; stops: TourStop[] }
export interface Tours { tours: Tour[]; as_of: string }

/** The part behind the # keeps accounts apart. */
export const toursOf = (account: number): string => `/api/tours/mine#${account}`

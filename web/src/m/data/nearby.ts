/** What stands within a walk, as the server tells it to anybody: everything that the phone needs to go on without a network. */
import { urlOf } from '../../shared/api'
import type { Label, Quality, Text } from '../../shared/spec'
import type { Point } from '../place/shapes'
import type { Question } from './cases'

export interface Kind { key: string; label: Label; group: string; count: number; calls: string[] }
/** One of what is near. `exact` is false where no way on foot is known: then it is the straight line. */
export interface Outlet extends Point {
  id: number
  title: string
  kind: string
  seconds: number
  metres: number
  exact: boolean
  hours: string
  seen_on: string | null
  seen_as: Text | null
  /** What people say of it and nobody has looked into yet. */
  doubt: Text | null
  facts: Record<string, string | number | boolean>
}
export interface Fact { name: string; label: Text; kind: string; options: Record<string, Text> }
export interface Wanted { id: number; kind: string; place: string; place_name: Text | null; supporters: number; state: Text; answer: string }
/** Where something is sent, and what is asked; the phone itself fills what stands in `fills`. */
export interface Ask { address: string; label: Text; fills: string[]; form: { properties?: Record<string, Question>; required?: string[] } }
/** Minutes after the midnight that `from` names. */
export type Span = [opens: number, closes: number]

export interface Around {
  key: string
  label: Text
  minutes: number
  place: { code: string; name: Text } | null
  walker: string
  walkers: { key: string; label: Text }[]
  groups: { key: string; label: Text }[]
  kinds: Kind[]
  fields: Fact[]
  rows: Outlet[]
  from: string
  until: string
  open: Record<string, Span[] | null>
  wanted: Wanted[]
  exact: boolean
  asks: { report?: Ask; wish?: Ask; support?: Ask }
  quality: Quality
  origin: Text
  as_of: string
}

export interface Way { seconds: number; metres: number; steps: { turn: string; text: Text; metres: number }[]; line: [number, number][] }

export const LISTS = '/api/nearby'
/** The farthest that is asked for; nearer is chosen on the phone. */
export const MOST_MINUTES = 15
const DIGITS = 4

/** Ten metres are enough to walk from: nothing finer leaves the phone. */
export const coarse = ({ lon, lat }: Point): Point => ({ lon: Number(lon.toFixed(DIGITS)), lat: Number(lat.toFixed(DIGITS)) })

/** How every address of one place begins. */
export const hereIn = (from: Point): string => urlOf('', { ...coarse(from) }).slice(1)

export const aroundPath = (key: string, from: Point, walker: string): string =>
  urlOf(`${LISTS}/${key}`, { ...coarse(from), minutes: MOST_MINUTES, walker })

export const wayPath = (key: string, id: number | string, from: Point, walker: string): string =>
  urlOf(`${LISTS}/${key}/${id}/route`, { ...coarse(from), walker })

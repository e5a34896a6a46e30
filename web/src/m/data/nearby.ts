/** What stands within a walk, as the server tells it to anybody: everything that the phone needs to go on without a network. */
import { urlOf } from '../../shared/api'
import type { Label, Quality, Text } from '../../shared/spec'
import type { Point } from '../place/shapes'
import type { Question } from './cases'

/** `counts`: how many each walker reaches; `count`: how many the one who is meant does. */
export interface Kind { key: string; label: Label; group: string; counts: Record<string, number>; count: number; calls: string[] }
/** `exact` is false where no way on foot is known: then it is the straight line. */
export interface Walk { metres: number; exact: boolean }
/** `path` names the walker by whose ways this one goes: these two differ in their pace alone. */
export interface Walker { key: string; label: Text; metres_per_minute: number; path: string }
/** One of what is near; `seconds`, `metres` and `exact` are those of the walker who is meant. */
export interface Outlet extends Point, Walk {
  id: number
  title: string
  kind: string
  seconds: number
  walks: Record<string, Walk>
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
  walkers: Walker[]
  groups: { key: string; label: Text }[]
  /** What is looked for first, as one, at the pace of a walker. */
  meant: { walker: string; label: Text; kinds: string[] }[]
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

/** What the server answers: the same for every walker, so that the pace can be changed without a network. */
export type Told = Omit<Around, 'walker' | 'exact' | 'rows' | 'kinds' | 'meant'> & {
  /** An answer that the phone kept from before has none. */
  meant?: Around['meant']
  rows: Omit<Outlet, 'seconds' | keyof Walk>[]; kinds: Omit<Kind, 'count'>[]
}

export const aroundPath = (key: string, from: Point): string => urlOf(`${LISTS}/${key}`, { ...coarse(from), minutes: MOST_MINUTES })

/** The way of whoever may use the same ways: another pace asks for no other way. */
export const wayPath = (key: string, id: number | string, from: Point, path: string): string =>
  urlOf(`${LISTS}/${key}/${id}/route`, { ...coarse(from), walker: path })

/** The answer as this walker finds it: what it reaches in time, nearest first, with its own minutes. */
export function paced(told: Told, walker: string): Around {
  const pace = told.walkers.find(({ key }) => key === walker) ?? told.walkers[0]
  const rows = told.rows.flatMap((row) => {
    const walk = pace && row.walks[pace.path]
    return walk ? [{ ...row, ...walk, seconds: (60 * walk.metres) / pace.metres_per_minute }] : []
  })
  const near = rows.filter(({ seconds }) => seconds <= told.minutes * 60).sort((a, b) => a.seconds - b.seconds || a.id - b.id)
  const kinds = told.kinds.map((kind) => ({ ...kind, count: kind.counts[pace?.key ?? ''] ?? 0 }))
  return { ...told, meant: told.meant ?? [], walker: pace?.key ?? walker, rows: near, kinds, exact: near.every(({ exact }) => exact) }
}

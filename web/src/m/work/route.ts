/** The order of the day: by straight line from where one stands, always to the nearest of what is left; or by what is due first. */
import type { Card, Stop } from '../data/work'
import { distance_m, type Point } from '../place/shapes'
import { joined } from '../../shared/joined'

/** What an order needs to know of a thing, whatever it is. */
export interface Errand<T> { of: T; at: Point | null; due: string | null }
export interface Leg<T> extends Errand<T> { leg_m: number | null }

const point = (lon: number | null, lat: number | null): Point | null => (lon === null || lat === null ? null : { lon, lat })
export const pointOf = ({ case: { lon, lat } }: Card): Point | null => point(lon, lat)
export const cardErrand = (card: Card): Errand<Card> => ({ of: card, at: pointOf(card), due: card.case.due_at })
export const stopErrand = (stop: Stop): Errand<Stop> => ({ of: stop, at: point(stop.lon, stop.lat), due: stop.due_on })

function byDue<T>({ due: one }: Leg<T>, { due: other }: Leg<T>): number {
  if (one === other) return 0
  if (one === null || other === null) return one === null ? 1 : -1
  return one < other ? -1 : 1
}

/** What is due first comes first; distances from here where known. */
export function dueFirst<T>(errands: readonly Errand<T>[], here: Point | null): Leg<T>[] {
  return errands.map((one) => ({ ...one, leg_m: here && one.at ? distance_m(here, one.at) : null })).sort(byDue)
}

/** Each leg is counted from the stop before; what has no point comes last. */
export function nearestNext<T>(errands: readonly Errand<T>[], here: Point): Leg<T>[] {
  const placed = errands.filter((one): one is Errand<T> & { at: Point } => one.at !== null)
  const route: Leg<T>[] = []
  let from = here
  while (placed.length) {
    const nearest = placed.reduce((best, one) => (distance_m(from, one.at) < distance_m(from, best.at) ? one : best))
    placed.splice(placed.indexOf(nearest), 1)
    route.push({ ...nearest, leg_m: distance_m(from, nearest.at) })
    from = nearest.at
  }
  return [...route, ...errands.filter((one) => one.at === null).map((one) => ({ ...one, leg_m: null }))]
}

export type Order = 'due' | 'route'

/** What the walking network says: errands by their place among those that have a point, with the metres from the one before. */
export interface Walked { order: { stop: number; metres: number | null }[]; exact: boolean }

/** In the order of the walk; what has no point comes last. */
export function onFoot<T>(errands: readonly Errand<T>[], { order }: Walked): Leg<T>[] {
  const placed = errands.filter(({ at }) => at)
  const legs = order.flatMap(({ stop, metres }) => (placed[stop] ? [{ ...placed[stop], leg_m: metres }] : []))
  return [...legs, ...errands.filter(({ at }) => !at).map((one) => ({ ...one, leg_m: null }))]
}

/** In the order that was chosen; the way needs to know where it begins. */
export const ordered = <T>(errands: readonly Errand<T>[], order: Order, here: Point | null): Leg<T>[] =>
  order === 'route' && here ? nearestNext(errands, here) : dueFirst(errands, here)

/** Place and address, once where the one says the other too. */
export const whereIn = (place: string, address: string): string => (address.startsWith(place) ? address : joined('comma', [place, address]))

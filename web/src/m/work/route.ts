/** The order of the day: by straight line from where one stands, always to the nearest of what is left; or by what is due first. */
import type { Card } from '../data/work'
import { distance_m, type Point } from '../place/shapes'

export interface Stop { card: Card; at: Point | null; leg_m: number | null }

export const pointOf = ({ case: { lon, lat } }: Card): Point | null => (lon === null || lat === null ? null : { lon, lat })

function byDue(a: Stop, b: Stop): number {
  const [one, other] = [a.card.case.due_at, b.card.case.due_at]
  if (one === other) return 0
  if (one === null || other === null) return one === null ? 1 : -1
  return one < other ? -1 : 1
}

/** What is due first comes first; distances from here where known. */
export function dueFirst(cards: readonly Card[], here: Point | null): Stop[] {
  const stops = cards.map((card) => ({ card, at: pointOf(card) }))
  return stops.map((stop) => ({ ...stop, leg_m: here && stop.at ? distance_m(here, stop.at) : null })).sort(byDue)
}

/** Each leg is counted from the stop before; what has no point comes last. */
export function nearestNext(cards: readonly Card[], here: Point): Stop[] {
  const left = cards.map((card) => ({ card, at: pointOf(card) }))
  const placed = left.filter((stop): stop is { card: Card; at: Point } => stop.at !== null)
  const route: Stop[] = []
  let from = here
  while (placed.length) {
    const nearest = placed.reduce((best, one) => (distance_m(from, one.at) < distance_m(from, best.at) ? one : best))
    placed.splice(placed.indexOf(nearest), 1)
    route.push({ ...nearest, leg_m: distance_m(from, nearest.at) })
    from = nearest.at
  }
  return [...route, ...left.filter((stop) => stop.at === null).map((stop) => ({ ...stop, leg_m: null }))]
}

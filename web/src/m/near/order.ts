/** Which projects are shown and in which order: filters, then distance, then title. */
import { said } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { distance_m, type Point } from '../place/shapes'

/** So many carry a number, in the list and on the map. */
export const NUMBERED = 9

export interface Sorted {
  title: Text
  category: string
  status: string
}

export interface Placed extends Sorted {
  at: Point | null
}

export interface Wanted {
  category: string
  status: string
}

export type Away<T> = T & { away_m: number | null }

export function matching<T extends Sorted>(sites: readonly T[], wanted: Wanted): T[] {
  return sites.filter((site) =>
    (!wanted.category || site.category === wanted.category) && (!wanted.status || site.status === wanted.status))
}

/** Nearest first; what has no point on the map comes last. Equal distances keep the order of titles. */
export function byDistance<T extends Placed>(sites: readonly T[], from: Point | null): Away<T>[] {
  const measured = sites.map((site) => ({ ...site, away_m: from && site.at ? distance_m(from, site.at) : null }))
  return measured.sort((a, b) =>
    (a.away_m ?? Infinity) - (b.away_m ?? Infinity) || said(a.title).localeCompare(said(b.title), 'zh-Hans-CN'))
}

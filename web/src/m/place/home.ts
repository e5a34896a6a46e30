/** The place a person calls theirs: one community or street, or the point where the phone was located. */
import type { Point } from './shapes'

export interface Home extends Point {
  /** Place code of the community (or street); empty when located outside every known community. */
  code: string
  name: string
  street: string
  /** `located` = from the phone's positioning, `chosen` = picked from the list. */
  by: 'located' | 'chosen'
}

export function isHome(value: unknown): value is Home {
  if (typeof value !== 'object' || value === null) return false
  const home = value as Partial<Record<keyof Home, unknown>>
  return typeof home.lon === 'number' && typeof home.lat === 'number' && typeof home.code === 'string' && typeof home.name === 'string'
}

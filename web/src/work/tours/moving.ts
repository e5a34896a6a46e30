/** An order of stops, changed by hand: nothing here asks the server. */
import { clock, hoursOf } from '../../shared/hours'
import type { Due, Order, Plan } from './api'

export { clock, hoursOf }

export const orderOf = (plan: Plan): Order => Object.fromEntries(plan.rounds.map((round) => [round.account, round.stops.map((stop) => stop.record)]))

const without = (order: Order, record: number): Order =>
  Object.fromEntries(Object.entries(order).map(([account, records]) => [account, records.filter((one) => one !== record)]))

/** The stop at that place of that person's round, wherever it was before; at the end without a place. */
export function moved(order: Order, record: number, account: number, at?: number): Order {
  const rest = without(order, record)
  const round = rest[account] ?? []
  const place = Math.max(0, Math.min(at ?? round.length, round.length))
  return { ...rest, [account]: [...round.slice(0, place), record, ...round.slice(place)] }
}

export const takenOff = (order: Order, record: number): Order => without(order, record)

export const isClosed = (stop: Due): boolean => stop.windows?.length === 0

export const minutesOf = (seconds: number): number => Math.round(seconds / 60)
export const kilometres = (metres: number): string => (metres / 1000).toFixed(1)

/** How much farther the other way is, in whole percent. */
export const fartherPct = (metres: number, other: number): number => (metres ? Math.round((other / metres - 1) * 100) : 0)

/** Does what is typed stand in the words? */
export const says = (words: readonly string[], typed: string): boolean => {
  const wanted = typed.trim().toLowerCase()
  return !wanted || words.some((word) => word.toLowerCase().includes(wanted))
}

export interface Hours { windows: Due['windows']; count: number }

/** The hours within which stops must be made, the earliest end first, and how many ask for each; those that ask for none come last. */
export function hoursAsked(stops: readonly Due[]): Hours[] {
  const found = new Map<string, Hours>()
  for (const { windows } of stops) {
    const key = JSON.stringify(windows)
    found.set(key, { windows, count: (found.get(key)?.count ?? 0) + 1 })
  }
  const end = ({ windows }: Hours) => windows?.at(-1)?.[1] ?? Infinity
  const begin = ({ windows }: Hours) => windows?.[0]?.[0] ?? 0
  return [...found.values()].sort((a, b) => end(a) - end(b) || begin(a) - begin(b))
}

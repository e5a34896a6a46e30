/**
 * An axis of time around now that grows coarser with the distance: an hour today and a month of delay are both to be seen on it.
 * It reaches as far as its rows need, up to a year back. Positions are shares of its whole length.
 */
const DAY = 86_400_000
const BACK_DAYS = [7, 30, 90, 365]
const ON_DAYS = [7, 30, 90]
const TICK_DAYS = [-365, -90, -30, -7, -1, 0, 1, 7, 30, 90]

/** Between a plain scale, on which a year hides the day, and a logarithm, on which two and three months look alike. */
const size = (ms: number): number => Math.cbrt(Math.max(0, ms))

type Timed = Readonly<Record<string, unknown>>

export interface Axis {
  back: number
  on: number
}

/** The axis for these rows: from the oldest report to the last limit. */
export function axisFor(rows: readonly Timed[], now = Date.now()): Axis {
  const offsets = (key: string) => rows.map((row) => momentIn(row[key]) - now).filter((ms) => !Number.isNaN(ms))
  const reach = (days: number[], needed: number) => (days.find((one) => one * DAY >= needed) ?? days.at(-1)!) * DAY
  return {
    back: reach(BACK_DAYS, -Math.min(0, ...offsets('opened_at'), ...offsets('due_at'))),
    on: reach(ON_DAYS, Math.max(0, ...offsets('due_at'))),
  }
}

/** Where a moment lies, `ms` from now; what lies beyond the ends lies on them. */
export function placeOf(ms: number, { back, on }: Axis): number {
  const length = size(back) + size(on)
  return (size(back) + (ms < 0 ? -size(Math.min(-ms, back)) : size(Math.min(ms, on)))) / length
}

/** Days from now that are written at the axis. */
export const ticksOf = (axis: Axis): { days: number; at: number }[] =>
  TICK_DAYS.filter((days) => -axis.back <= days * DAY && days * DAY <= axis.on).map((days) => ({ days, at: placeOf(days * DAY, axis) }))

export interface Part {
  start: number
  end: number
}
export interface Bar {
  /** From the report to the limit. */
  given: Part
  /** From the limit to now, where that is past. */
  late: Part | null
  /** The report, or the limit, lies beyond the axis. */
  cut: { start: boolean; end: boolean }
}

const YEAR = 365 * DAY
/** The limit stands at the same share of the bar of every clock; behind it there is room for a year of delay. */
const LIMIT_AT = 0.7

/** The bar of one clock in shares of its length: what it used of its limit, and its delay on a scale like that of the axis. */
export function clockBar(used: number, lateMs: number): { given: number; late: number } {
  return { given: used * LIMIT_AT, late: ((1 - LIMIT_AT) * size(Math.min(lateMs, YEAR))) / size(YEAR) }
}

const momentIn = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : NaN)

/** A case on the axis; null where it has no report or no limit to draw. */
export function barOn(row: Timed, axis: Axis, now = Date.now()): Bar | null {
  const [opened, due] = [momentIn(row['opened_at']) - now, momentIn(row['due_at']) - now]
  if (Number.isNaN(opened) || Number.isNaN(due)) return null
  const first = Math.min(opened, due)
  return {
    given: { start: placeOf(first, axis), end: placeOf(due, axis) },
    late: due < 0 ? { start: placeOf(due, axis), end: placeOf(0, axis) } : null,
    cut: { start: first < -axis.back, end: due > axis.on },
  }
}

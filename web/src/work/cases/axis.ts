/**
 * An axis of time around now that grows coarser with the distance: an hour today and a month of delay are both to be seen on it.
 * Positions are shares of its whole length.
 */
const DAY = 86_400_000
const [PAST, AHEAD] = [365 * DAY, 30 * DAY]
/** Within some hours of now the scale is nearly even, farther out each step counts for more. */
const EVEN = DAY / 4

const size = (ms: number): number => Math.log1p(ms / EVEN)
const [BEHIND, BEFORE] = [size(PAST), size(AHEAD)]

export const NOW_AT = BEHIND / (BEHIND + BEFORE)

/** Where a moment lies, `ms` from now; what lies beyond the ends lies on them. */
export function placeOf(ms: number): number {
  const length = size(Math.min(Math.abs(ms), ms < 0 ? PAST : AHEAD)) / (BEHIND + BEFORE)
  return ms < 0 ? NOW_AT - length : NOW_AT + length
}

/** Days from now that are written at the axis. */
export const TICKS: readonly { days: number; at: number }[] = [-365, -90, -30, -7, -1, 0, 1, 7, 30].map((days) => ({ days, at: placeOf(days * DAY) }))

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

/** The limit stands at the same share of the bar of every clock; behind it there is room for delay. */
const LIMIT_AT = 0.7

/** The bar of one clock in shares of its length: what it used of its limit, and its delay on the same scale as on the axis. */
export function clockBar(used: number, lateMs: number): { given: number; late: number } {
  return { given: used * LIMIT_AT, late: lateMs > 0 ? ((1 - LIMIT_AT) * size(Math.min(lateMs, PAST))) / BEHIND : 0 }
}

const momentIn = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : NaN)

/** A case on the axis; null where it has no report or no limit to draw. */
export function barOn(row: Readonly<Record<string, unknown>>, now = Date.now()): Bar | null {
  const [opened, due] = [momentIn(row['opened_at']) - now, momentIn(row['due_at']) - now]
  if (Number.isNaN(opened) || Number.isNaN(due)) return null
  const first = Math.min(opened, due)
  return {
    given: { start: placeOf(first), end: placeOf(due) },
    late: due < 0 ? { start: placeOf(due), end: NOW_AT } : null,
    cut: { start: first < -PAST, end: due > AHEAD },
  }
}

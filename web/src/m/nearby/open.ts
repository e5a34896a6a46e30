/** Whether something is open now, from the spans that came with the answer: right without a network, too, for a week. */
import { time, weekday } from '../../shared/format'
import type { Lang } from '../../shared/spec'
import type { Around, Span } from '../data/nearby'

export type Standing =
  | { is: 'open' | 'closing'; until: number | null }
  | { is: 'closed'; opens: number | null }
  | { is: 'unknown' }

const MINUTE_MS = 60_000
const SOON_MS = 30 * MINUTE_MS
const DAY_MS = 24 * 60 * MINUTE_MS

/** `until` null: it does not close within what is known; `opens` null: it does not open. */
export function standing({ open, from, until }: Pick<Around, 'open' | 'from' | 'until'>, hours: string, now: number): Standing {
  const spans = open[hours]
  const start = Date.parse(from)
  if (!spans || now < start || now >= Date.parse(until)) return { is: 'unknown' }
  const moments = spans.map(([opens, closes]: Span) => [start + opens * MINUTE_MS, start + closes * MINUTE_MS] as const)
  const running = moments.find(([opens, closes]) => opens <= now && now < closes)
  if (!running) return { is: 'closed', opens: moments.find(([opens]) => opens > now)?.[0] ?? null }
  const closes = running[1]
  if (closes >= Date.parse(until)) return { is: 'open', until: null }
  return { is: closes - now <= SOON_MS ? 'closing' : 'open', until: closes }
}

const dayNumber = (at: number): number => Math.floor((at + 8 * 60 * MINUTE_MS) / DAY_MS)

/** A moment as people say it: the time alone today, with the day otherwise. */
export function whenSaid(at: number, now: number, lang: Lang): string {
  const clock = time(at)
  const ahead = dayNumber(at) - dayNumber(now)
  if (ahead === 0) return clock
  if (ahead === 1) return lang === 'zh' ? `明天 ${clock}` : `${clock} tomorrow`
  return `${weekday(new Date(at), lang)} ${clock}`
}

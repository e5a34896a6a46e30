/** The time of a case in words: what is left of it, or by how much it is over. */
import { langNow, type Lang } from '../../shared/i18n'

export type Standing = 'over' | 'near' | 'fine' | 'paused' | 'was' | 'none'
export type Timed = Readonly<Record<string, unknown>>

const MINUTE = 60_000
const NEAR_MS = 2 * 60 * MINUTE

/** 2 天 3 小时, 3 小时 20 分钟, 12 分钟: the two largest units, for people who decide what comes first. */
export function spanWords(ms: number, lang: Lang = langNow()): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE))
  const parts: [number, string, string][] = [
    [Math.floor(minutes / 1440), '天', minutes >= 2880 ? 'days' : 'day'],
    [Math.floor((minutes % 1440) / 60), '小时', 'h'],
    [minutes % 60, '分钟', 'min'],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  const kept = first < 0 ? [parts[2]!] : parts.slice(first, first + 2).filter(([amount]) => amount > 0)
  return kept.map(([amount, zh, en]) => `${amount} ${lang === 'zh' ? zh : en}`).join(' ')
}

/** The same for time that is counted in working hours: a working day is as long as the district's office hours. */
export function workingWords(ms: number, dayMs: number, lang: Lang = langNow()): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE))
  const day = Math.max(1, Math.round(dayMs / MINUTE))
  const [days, rest] = [Math.floor(minutes / day), minutes % day]
  const hours = spanWords(rest * MINUTE, lang)
  if (!days) return lang === 'zh' ? `工作时间 ${hours}` : `${hours} of working time`
  const whole = lang === 'zh' ? `${days} 个工作日` : `${days} working ${days > 1 ? 'days' : 'day'}`
  return rest ? `${whole} ${hours}` : whole
}

const momentIn = (value: unknown): number | null => {
  const at = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isNaN(at) ? null : at
}

/** Where a case stands with its running clock. `ms` is what is left, negative when it is over. */
export function standing(row: Timed, now = Date.now()): { word: Standing; ms: number } {
  const due = momentIn(row['due_at'])
  if (row['paused'] === true) return { word: 'paused', ms: 0 }
  if (due === null) return { word: row['breached'] === true ? 'was' : 'none', ms: 0 }
  const ms = due - now
  return { word: ms < 0 ? 'over' : ms < NEAR_MS ? 'near' : 'fine', ms }
}

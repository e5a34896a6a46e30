/** The spans that charts of readings offer, each back from now. */
import { texts, useTexts } from '../../shared/i18n'

const DAY_MS = 86_400_000
const DAYS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const
export type Span = keyof typeof DAYS
export const SPANS = Object.keys(DAYS) as Span[]

const words = texts({
  span: ['时间范围', 'Span'],
  day: ['近一天', 'A day'],
  week: ['近一周', 'A week'],
  month: ['近一月', 'A month'],
  quarter: ['近一季', 'A quarter'],
  year: ['近一年', 'A year'],
})
export const useSpanWords = () => useTexts(words)

export function spanFrom(span: Span): { begin: string; end: string } {
  const end = new Date()
  return { begin: new Date(end.getTime() - DAYS[span] * DAY_MS).toISOString(), end: end.toISOString() }
}

/** Against which period a change is told: 较昨日, 较上月; across a gap the period by its name. */
import { period } from '../shared/format'
import type { Lang } from '../shared/spec'

type Kind = 'day' | 'month' | 'quarter' | 'year'
const WORDS: Readonly<Record<Kind, readonly [zh: string, en: string]>> = {
  day: ['较昨日', 'vs yesterday'],
  month: ['较上月', 'vs last month'],
  quarter: ['较上季度', 'vs last quarter'],
  year: ['较上年', 'vs last year'],
}
const DAY_MS = 86_400_000

/** The kind of a period key and its place in the sequence of its kind. */
function placeOf(key: string): [Kind, number] | null {
  const match = /^(\d{4})(?:-(?:Q(\d)|(\d{2})(?:-(\d{2}))?))?$/.exec(key)
  if (!match) return null
  const [, year, quarter, month, day] = match
  if (day) return ['day', Date.parse(key) / DAY_MS]
  if (month) return ['month', Number(year) * 12 + Number(month)]
  return quarter ? ['quarter', Number(year) * 4 + Number(quarter)] : ['year', Number(year)]
}

export function against(now: string, before: string, lang: Lang): string {
  const [here, there] = [placeOf(now), placeOf(before)]
  if (here && there && here[0] === there[0] && here[1] - there[1] === 1) return WORDS[here[0]][lang === 'zh' ? 0 : 1]
  return lang === 'zh' ? `较${period(before, lang)}` : `vs ${period(before, lang)}`
}

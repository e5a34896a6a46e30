/** Numbers, shares, dates and spans as people of the district read them. */
import { langNow } from './i18n'
import type { Lang } from './spec'

export const ZONE = 'Asia/Shanghai'
const DASH = '–'
const HAN = '\\u2e80-\\u2fff\\u3040-\\u9fff\\uf900-\\ufaff'
const BEFORE = new RegExp(`([${HAN}])([A-Za-z0-9])`, 'g')
const AFTER = new RegExp(`([A-Za-z0-9%])([${HAN}])`, 'g')

/** A gap between digits or Latin letters and 汉字: "15分钟" becomes "15 分钟". */
export const spaced = (text: string): string => text.replace(BEFORE, '$1 $2').replace(AFTER, '$1 $2')

export function number(value: number | null | undefined, decimals?: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH
  const most = decimals ?? (Math.abs(value) >= 100 ? 1 : 2)
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: most })
}

/** A share of 0..1 as percent, without the sign. */
export const percent = (share: number | null | undefined, decimals = 1): string =>
  number(share === null || share === undefined ? share : share * 100, decimals)

/**
 * A value by the `format` of the spec: int, 0.0, percent, duration (hours).
 * `int` is what a spec says by default, so a fraction still shows.
 */
export function byFormat(value: unknown, format?: string | null): string {
  if (typeof value !== 'number') return value === null || value === undefined || value === '' ? DASH : String(value)
  if (format === 'int') return number(value, Number.isInteger(value) ? 0 : 1)
  if (format === 'percent') return `${percent(value)}%`
  if (format === 'duration') return span(value)
  return number(value, /^0\.0+$/.test(format ?? '') ? (format as string).length - 2 : undefined)
}

/** The day in the district, as forms and records write it. */
export function today(now: Date = new Date()): string {
  const { year, month, day } = partsOf(now, 'zh')
  return `${year}-${month}-${day}`
}

/** Hours as the longest fitting unit. */
export function span(hours: number, lang: Lang = langNow()): string {
  const [value, zh, en] = hours < 1 ? [hours * 60, '分钟', 'min'] : hours < 72 ? [hours, '小时', 'h'] : [hours / 24, '天', 'days']
  return `${number(value, value < 10 && value % 1 ? 1 : 0)} ${lang === 'zh' ? zh : en}`
}

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'weekday', string>
const shaped = (lang: Lang) =>
  new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    weekday: lang === 'zh' ? 'long' : 'short',
    hourCycle: 'h23',
  })
const SHAPES: Record<Lang, Intl.DateTimeFormat> = { zh: shaped('zh'), en: shaped('en') }
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function partsOf(moment: Date, lang: Lang): Parts {
  return Object.fromEntries(SHAPES[lang].formatToParts(moment).map((part) => [part.type, part.value])) as Parts
}

function momentOf(moment: string | number | Date | null | undefined): Date | null {
  if (moment === null || moment === undefined || moment === '') return null
  const date = new Date(moment)
  return Number.isNaN(date.getTime()) ? null : date
}

/** 2025年11月20日, or 20 Nov 2025. */
export function date(moment: string | number | Date | null | undefined, lang: Lang = langNow()): string {
  const at = momentOf(moment)
  if (!at) return DASH
  const { year, month, day } = partsOf(at, lang)
  return lang === 'zh' ? `${year}年${Number(month)}月${Number(day)}日` : `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** 11-20, for rows where the year is clear. */
export function dayOf(moment: string | number | Date | null | undefined): string {
  const at = momentOf(moment)
  if (!at) return DASH
  const { month, day } = partsOf(at, 'zh')
  return `${month}-${day}`
}

/** 15:42 on a 24 h clock. */
export function time(moment: string | number | Date | null | undefined, seconds = false): string {
  const at = momentOf(moment)
  if (!at) return DASH
  const { hour, minute, second } = partsOf(at, 'zh')
  return seconds ? `${hour}:${minute}:${second}` : `${hour}:${minute}`
}

export function weekday(moment: Date, lang: Lang = langNow()): string {
  return partsOf(moment, lang).weekday
}

/** Today's moments as a time, this year's as a day, older ones as year and month. */
export function asOf(moment: string | null | undefined, now: Date = new Date()): string {
  const at = momentOf(moment)
  if (!at) return DASH
  const [then, today] = [partsOf(at, 'zh'), partsOf(now, 'zh')]
  if (then.year !== today.year) return `${then.year}-${then.month}`
  return then.month === today.month && then.day === today.day ? `${then.hour}:${then.minute}` : `${then.month}-${then.day}`
}

/** A period key (2025, 2025-10, 2025-10-20, 2025-Q3) in words. */
export function period(key: string | null | undefined, lang: Lang = langNow()): string {
  const match = /^(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q(\d)))?$/.exec(key ?? '')
  if (!match) return key ?? DASH
  const [, year, month, day, quarter] = match
  if (quarter) return lang === 'zh' ? `${year}年第${quarter}季度` : `Q${quarter} ${year}`
  if (day) return date(`${key}T12:00:00+08:00`, lang)
  if (month) return lang === 'zh' ? `${year}年${Number(month)}月` : `${MONTHS[Number(month) - 1]} ${year}`
  return lang === 'zh' ? `${year}年` : `${year}`
}

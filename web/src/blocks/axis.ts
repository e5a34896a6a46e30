/** Short words for an axis: months, days and hours lose what the eye can fill in. */
import type { Lang } from '../shared/spec'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2025-10` becomes 10月 (January says its year), `2025-10-03` 10-03, an hour 08; everything else stays. */
export function axisWord(value: unknown, lang: Lang): string {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value < 24 ? String(value).padStart(2, '0') : String(value)
  const text = String(value ?? '')
  const month = /^(\d{4})-(\d{2})$/.exec(text)
  if (month) return monthWord(Number(month[1]), Number(month[2]), lang)
  return /^\d{4}-(\d{2}-\d{2})$/.exec(text)?.[1] ?? text
}

function monthWord(year: number, month: number, lang: Lang): string {
  if (month === 1) return lang === 'zh' ? `${year}年` : String(year)
  return lang === 'zh' ? `${month}月` : (MONTHS[month - 1] as string)
}

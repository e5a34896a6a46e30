/** Parts of a sentence put together with the marks of the reader's language: full-width ones are wrong in English. */
import { langNow, type Lang } from './i18n'

const MARKS = { comma: ['，', ', '], list: ['、', ', '], colon: ['：', ': '], stop: ['。', '. '] } as const

/** Empty parts leave no mark behind. */
export const joined = (mark: keyof typeof MARKS, parts: readonly (string | null | undefined)[], lang: Lang = langNow()): string =>
  parts.filter(Boolean).join(MARKS[mark][lang === 'zh' ? 0 : 1])

export const bracketed = (text: string, lang: Lang = langNow()): string => (lang === 'zh' ? `（${text}）` : ` (${text})`)

/** Declared English labels are words inside a sentence ("task"); at the head of something they begin with a capital. */
export const headed = (text: string, lang: Lang = langNow()): string => (lang === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text)

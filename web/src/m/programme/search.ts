/** Searching the programme on the phone: no network needed, so it also works offline. */
import { said } from '../../shared/i18n'
import type { Text } from '../../shared/spec'

/** The words of a query; Chinese is written without gaps, so each run of letters is one word. */
export const wordsOf = (query: string): string[] => query.toLocaleLowerCase().split(/[\s，,、]+/).filter(Boolean)

/** Whether every word occurs somewhere in the texts, in any of their languages. */
export function fits(query: string, texts: readonly (Text | null | undefined)[]): boolean {
  const all = texts.map((text) => `${said(text, 'zh')} ${said(text, 'en')}`).join(' ').toLocaleLowerCase()
  return wordsOf(query).every((word) => all.includes(word))
}

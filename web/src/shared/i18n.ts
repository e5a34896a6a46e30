/** The language of the reader, and the words of the interface in both. Texts of the server come as {zh, en} and are picked here too. */
import { useCallback } from 'react'
import { create } from 'zustand'
import type { Lang, Text } from './spec'

export type { Lang } from './spec'

/** Words of one part of the interface: each key with its Chinese and its English; `{gap}` is filled when said. */
export type Words<K extends string = string> = Readonly<Record<K, readonly [zh: string, en: string]>>
export type Gaps = Record<string, string | number>

const KEPT = 'hexi_lang'

function startLang(): Lang {
  const asked = new URLSearchParams(location.search).get('lang') ?? readCookie(KEPT) ?? 'zh'
  return asked === 'en' ? 'en' : 'zh'
}

export function readCookie(name: string): string | undefined {
  if (typeof document === 'undefined') return undefined // a worker has none
  const pair = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`))
  return pair === undefined ? undefined : decodeURIComponent(pair.slice(name.length + 1))
}

export const useLangStore = create<{ lang: Lang }>(() => ({ lang: startLang() }))

/** The reader's language; the component is drawn again when it changes. */
export const useLang = (): Lang => useLangStore((state) => state.lang)
export const langNow = (): Lang => useLangStore.getState().lang

/** Change the language and keep it on this device; the server reads the same cookie. */
export function setLang(lang: Lang): void {
  document.cookie = `${KEPT}=${lang}; path=/; max-age=31536000; SameSite=Lax`
  useLangStore.setState({ lang })
  markDocument()
}

/** Tell the document its language, for fonts and screen readers. Call once at start. */
export function markDocument(): void {
  document.documentElement.lang = langNow() === 'zh' ? 'zh-CN' : 'en'
}

/** A text of the server in one language; missing texts are empty. */
export function said(text: Text | null | undefined, lang: Lang = langNow()): string {
  if (text === null || text === undefined) return ''
  return typeof text === 'string' ? text : text[lang] || text.zh || text.en
}

export function fill(sentence: string, gaps?: Gaps): string {
  return gaps ? sentence.replace(/\{(\w+)\}/g, (all, key: string) => String(gaps[key] ?? all)) : sentence
}

/** Declare words: `const words = texts({ retry: ['立即重试', 'Retry now'] })`. A missing language does not compile. */
export const texts = <K extends string>(words: Words<K>): Words<K> => words

/** `t('key', {n: 3})` in the reader's language. */
export function useTexts<K extends string>(words: Words<K>): (key: K, gaps?: Gaps) => string {
  const lang = useLang()
  return useCallback((key, gaps) => fill(words[key][lang === 'zh' ? 0 : 1], gaps), [words, lang])
}

/** Picks the reader's language from a text of the server. */
export function useSaid(): (text: Text | null | undefined) => string {
  const lang = useLang()
  return useCallback((text) => said(text, lang), [lang])
}

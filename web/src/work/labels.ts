import { useCallback } from 'react'
import { said, useLang, type Lang } from '../shared/i18n'
import type { Text } from '../shared/spec'

/** Declared English labels are words inside a sentence ("task"); at the head of something they begin with a capital. */
export const headed = (text: string, lang: Lang): string => (lang === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text)

/** A declared label as a heading, button or column head. */
export function useLabel(): (text: Text | null | undefined) => string {
  const lang = useLang()
  return useCallback((text) => headed(said(text, lang), lang), [lang])
}

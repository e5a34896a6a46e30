import { useCallback } from 'react'
import { said, useLang } from '../shared/i18n'
import { headed } from '../shared/joined'
import type { Text } from '../shared/spec'

/** A declared label as a heading, button or column head. */
export function useLabel(): (text: Text | null | undefined) => string {
  const lang = useLang()
  return useCallback((text) => headed(said(text, lang), lang), [lang])
}

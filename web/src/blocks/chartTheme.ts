/** Colours, sizes and the font of the charts, read from the design tokens. The only place where charts learn colours. */
import { useMemo } from 'react'
import { useLang } from '../shared/i18n'
import { useRem } from '../shared/rem'
import type { Lang, Status } from '../shared/spec'
import { token, useTheme } from '../shared/theme'

export interface ChartTheme {
  /** Wall scale: 1 at 1920x1080, 2 at 4K. */
  scale: number
  lang: Lang
  font: string
  strong: string
  label: string
  quiet: string
  line: string
  edge: string
  surface: string
  inset: string
  accent: string
  series: readonly string[]
  rest: string
  status: Readonly<Record<Status, string>>
}

export function readChartTheme(scale: number, lang: Lang): ChartTheme {
  return {
    scale,
    lang,
    font: token('num'),
    strong: token('tx1'),
    label: token('tx2'),
    quiet: token('tx3'),
    line: token('line'),
    edge: token('line2'),
    surface: token('bg1'),
    inset: token('bg2'),
    accent: token('accent'),
    series: [1, 2, 3, 4].map((n) => token(`series-${n}`)),
    rest: token('series-rest'),
    status: {
      ok: token('series-1'),
      watch: token('watch'),
      breach: token('breach'),
      stale: token('stale'),
      awaiting: token('awaiting'),
      absent: token('awaiting'),
      none: token('series-1'),
    },
  }
}

export function useChartTheme(): ChartTheme {
  const rem = useRem()
  const lang = useLang()
  const theme = useTheme()
  return useMemo(() => readChartTheme(rem, lang), [rem, lang, theme])
}

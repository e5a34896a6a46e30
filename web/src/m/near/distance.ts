/** Distances as people say them. */
import { number } from '../../shared/format'
import type { Lang } from '../../shared/spec'

/** Value and unit apart, so the value can be set large: 10 m steps below a kilometre, then tenths. */
export function distanceWords(metres: number, lang: Lang): [value: string, unit: string] {
  if (metres < 995) return [number(Math.max(10, Math.round(metres / 10) * 10), 0), lang === 'zh' ? '米' : 'm']
  return [number(metres / 1000, 1), lang === 'zh' ? '公里' : 'km']
}

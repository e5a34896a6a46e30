/** The parts that all chart options share. */
import type { EChartsOption } from 'echarts'
import { byFormat } from '../shared/format'
import { said } from '../shared/i18n'
import type { Panel } from '../shared/spec'
import type { ChartTheme } from './chartTheme'

export const sized = (theme: ChartTheme, pixels: number): number => Math.round(Math.max(pixels * theme.scale, pixels >= 12 ? 12 : 0))

const words = (theme: ChartTheme, color: string) => ({ color, fontSize: sized(theme, 13), fontFamily: theme.font })

/** `12.5 %` as the tooltip says it. */
export const amountWords =
  (panel: Panel, theme: ChartTheme) =>
  (value: unknown): string => {
    const unit = said(panel.unit, theme.lang)
    const text = byFormat(typeof value === 'number' ? value : null, panel.format)
    return unit ? `${text} ${unit}` : text
  }

export function frame(panel: Panel, theme: ChartTheme): EChartsOption {
  const f = (pixels: number) => Math.round(pixels * theme.scale)
  return {
    animationDuration: 260,
    animationDurationUpdate: 260,
    textStyle: { fontFamily: theme.font },
    grid: { left: f(4), right: f(14), top: f(12), bottom: f(2), outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: theme.inset,
      borderColor: theme.edge,
      borderWidth: 1,
      padding: [f(6), f(10)],
      textStyle: { color: theme.strong, fontSize: sized(theme, 14), fontFamily: theme.font },
      axisPointer: { type: 'line', lineStyle: { color: theme.edge } },
      valueFormatter: amountWords(panel, theme),
    },
  }
}

const FEW = 6
const LATIN_LETTERS_ACROSS = 54

/** A long English name over two or more lines, by words, so that a few bins can all say theirs. */
export function inLines(name: string, bins: number): string {
  const most = Math.floor(LATIN_LETTERS_ACROSS / bins)
  return name.split(' ').reduce((lines, word) => {
    const last = lines.slice(lines.lastIndexOf('\n') + 1)
    return lines === '' ? word : `${lines}${last.length + word.length + 1 > most ? '\n' : ' '}${word}`
  }, '')
}

export function categories(names: readonly string[], theme: ChartTheme, boundaryGap = true): NonNullable<EChartsOption['xAxis']> {
  const few = boundaryGap && names.length <= FEW
  return {
    type: 'category',
    data: names.map((name) => (few ? inLines(name, names.length) : name)),
    boundaryGap,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: theme.edge } },
    axisLabel: { ...words(theme, theme.label), ...(few ? { interval: 0, lineHeight: sized(theme, 15) } : { hideOverlap: true }) },
  }
}

export function values(panel: Panel, theme: ChartTheme): NonNullable<EChartsOption['yAxis']> {
  return {
    type: 'value',
    splitNumber: 3,
    minInterval: panel.format === 'int' ? 1 : 0,
    axisLabel: {
      ...words(theme, theme.quiet),
      formatter: (value: number) => byFormat(value, panel.format === 'percent' ? 'percent' : null),
    },
    splitLine: { lineStyle: { color: theme.line } },
  }
}

export function targetLine(panel: Panel, theme: ChartTheme) {
  if (panel.target === null || panel.target === undefined) return undefined
  return {
    silent: true,
    symbol: 'none',
    data: [{ yAxis: panel.target }],
    label: { show: false },
    lineStyle: { color: theme.quiet, type: [4 * theme.scale, 4 * theme.scale] },
  }
}

/** Colours of the value series: four, then the rest. */
export const colourOf = (theme: ChartTheme, index: number): string => theme.series[index] ?? theme.rest

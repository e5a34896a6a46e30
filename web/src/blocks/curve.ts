/** A curve of readings over time: the line is broken where the device was silent, and a switch is drawn in steps. */
import type { EChartsOption } from 'echarts'
import { said } from '../shared/i18n'
import type { Panel, Text } from '../shared/spec'
import { colourOf, frame, sized, values } from './chartParts'
import type { ChartTheme } from './chartTheme'

/** Milliseconds since 1970, value, flags. */
export type Point = readonly [number, number, number]
export interface CurveData {
  kind: string
  label: Text
  unit: Text | null
  low: number | null
  high: number | null
  quality: string
  points: Point[]
  gaps: (readonly [number, number])[]
  ledger: LedgerDays
}
/** How many days of the span are as the ledger has them, which are not, and how many it does not know yet. */
export interface LedgerDays {
  matches: number
  differs: string[]
  waiting: number
}

const IMPLAUSIBLE = 4
/** The district's clock (UTC+8, no summer time) whatever the reader's machine says: moments are moved and drawn as if they were UTC. */
export const ZONE_MS = 8 * 3_600_000
/** The axis of a span of time. */
export function timeAxis(begin: string, end: string, theme: ChartTheme): EChartsOption['xAxis'] {
  return {
    type: 'time',
    min: Date.parse(begin) + ZONE_MS,
    max: Date.parse(end) + ZONE_MS,
    axisLine: { lineStyle: { color: theme.edge } },
    axisLabel: { color: theme.label, fontSize: sized(theme, 13), fontFamily: theme.font, hideOverlap: true },
  }
}

export const isSwitch = (curve: CurveData): boolean => curve.low === 0 && curve.high === 1

/** The readings with an empty place behind each that a gap follows; what cannot be true is left out. */
export function broken(curve: CurveData): [number, number | null][] {
  const before = new Set(curve.gaps.map(([from]) => from))
  return curve.points
    .filter(([, , flags]) => !(flags & IMPLAUSIBLE))
    .flatMap(([at, value]): [number, number | null][] => (before.has(at) ? [[at, value], [at + 1, null]] : [[at, value]]))
}

export function curveOption(curve: CurveData, begin: string, end: string, theme: ChartTheme): EChartsOption {
  const panel = { id: curve.kind, kind: 'line', title: curve.label, unit: curve.unit, format: isSwitch(curve) ? 'int' : '0.0' } as Panel
  const color = colourOf(theme, 0)
  const axis = values(panel, theme)
  return {
    ...frame(panel, theme),
    useUTC: true,
    xAxis: timeAxis(begin, end, theme),
    yAxis: { ...axis, scale: true, ...(isSwitch(curve) ? { min: 0, max: 1, interval: 1 } : {}) } as EChartsOption['yAxis'],
    series: [
      {
        type: 'line',
        name: said(curve.label, theme.lang),
        data: broken(curve).map(([at, value]) => [at + ZONE_MS, value]),
        showSymbol: curve.points.length < 3,
        connectNulls: false,
        ...(isSwitch(curve) ? { step: 'end' as const, areaStyle: { color, opacity: 0.1 } } : {}),
        lineStyle: { color, width: 1.6 * theme.scale },
        itemStyle: { color },
      },
    ],
  }
}

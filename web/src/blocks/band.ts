/** The readings of many devices over time: the room between the lowest and the highest, broken where none was sent. */
import type { EChartsOption } from 'echarts'
import { fill, said } from '../shared/i18n'
import type { Panel, Text } from '../shared/spec'
import { amountWords, colourOf, frame, values } from './chartParts'
import type { ChartTheme } from './chartTheme'
import { timeAxis, ZONE_MS, type LedgerDays } from './curve'

/** Milliseconds since 1970, lowest, highest, of how many devices. */
export type Column = readonly [at: number, low: number, high: number, devices: number]
export interface BandData {
  begin: string
  end: string
  label: Text
  unit: Text | null
  quality: string
  devices: number
  of: number
  points: Column[]
  ledger: LedgerDays
}

/** The columns with an empty one behind each that a silence follows. */
export function apart(columns: readonly Column[]): (Column | readonly [number, null, null, 0])[] {
  const steps = columns.slice(1).map((one, n) => one[0] - columns[n]![0])
  const usual = Math.min(...steps)
  return columns.flatMap((one, n) => (steps[n] !== undefined && steps[n] > usual * 1.5 ? [one, [one[0] + usual, null, null, 0] as const] : [one]))
}

/** What the pointer says of a column. `counted`: "{n} devices" in the reader's language. */
export function columnWords(column: readonly [number, number | null, number | null, number] | undefined, amount: (value: unknown) => string, counted: string): string {
  if (!column || column[1] === null) return ''
  const when = new Date(column[0] + ZONE_MS).toISOString().slice(0, 16).replace('T', ' ')
  return `${when}<br>${amount(column[1])} – ${amount(column[2])}<br>${fill(counted, { n: column[3] })}`
}

export function bandOption(band: BandData, counted: string, theme: ChartTheme): EChartsOption {
  const panel = { id: 'band', kind: 'line', title: band.label, unit: band.unit, format: '0.0' } as Panel
  const color = colourOf(theme, 0)
  const columns = apart(band.points)
  const line = { type: 'line' as const, stack: 'band', stackStrategy: 'all' as const, showSymbol: columns.length < 3, symbol: 'circle', itemStyle: { color } }
  const parts = frame(panel, theme)
  const amount = amountWords(panel, theme)
  return {
    ...parts,
    useUTC: true,
    tooltip: {
      ...parts.tooltip,
      formatter: (shown: unknown) => columnWords(columns[(shown as { dataIndex: number }[])[0]?.dataIndex ?? -1], amount, counted),
    },
    xAxis: timeAxis(band.begin, band.end, theme),
    yAxis: { ...values(panel, theme), scale: true } as EChartsOption['yAxis'],
    series: [
      { ...line, name: said(band.label, theme.lang), data: columns.map(([at, low]) => [at + ZONE_MS, low]), lineStyle: { color, width: theme.scale } },
      {
        ...line,
        data: columns.map(([at, low, high]) => [at + ZONE_MS, low === null ? null : high - low]),
        lineStyle: { color, width: theme.scale },
        areaStyle: { color, opacity: 0.22 },
      },
    ],
  }
}

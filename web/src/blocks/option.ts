/** From spec, rows and tokens to what ECharts draws. Pure, so that snapshots can hold it. */
import type { EChartsOption } from 'echarts'
import type { Envelope, Panel } from '../shared/spec'
import type { ChartTheme } from './chartTheme'
import { columnOption } from './column'
import { lineOption } from './line'
import { stackOption } from './stack'

export type OptionBuilder = (panel: Panel, envelope: Envelope, theme: ChartTheme) => EChartsOption

const BUILDERS: Readonly<Record<string, OptionBuilder>> = { line: lineOption, column: columnOption, stack: stackOption }

export const isChart = (kind: string): boolean => kind in BUILDERS

/** The chart of a panel. Throws for a kind that is not drawn by ECharts. */
export function option(panel: Panel, envelope: Envelope, theme: ChartTheme): EChartsOption {
  const build = BUILDERS[panel.kind]
  if (!build) throw new Error(`The panel kind ${panel.kind} is not a chart: draw it with its own block.`)
  return build(panel, envelope, theme)
}

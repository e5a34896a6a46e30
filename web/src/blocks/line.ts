/** Values over time; a reference series is dashed and quiet. */
import type { EChartsOption, LineSeriesOption } from 'echarts'
import { said } from '../shared/i18n'
import type { Envelope, Panel } from '../shared/spec'
import { axisWord } from './axis'
import { categories, colourOf, frame, targetLine, values } from './chartParts'
import type { ChartTheme } from './chartTheme'
import { amount, seriesOf } from './rows'

export function lineOption(panel: Panel, envelope: Envelope, theme: ChartTheme): EChartsOption {
  const x = panel.encode?.x ?? 'x'
  const names = envelope.rows.map((row) => axisWord(row[x], theme.lang))
  const series = seriesOf(panel).map((one, index): LineSeriesOption => ({
    type: 'line',
    name: said(one.label, theme.lang),
    data: envelope.rows.map((row) => amount(row, one.y) ?? '-'),
    showSymbol: envelope.rows.length < 3,
    symbolSize: 6 * theme.scale,
    connectNulls: false,
    ...(one.reference ? quietStyle(theme) : strongStyle(theme, index)),
    ...(index === 0 ? { markLine: targetLine(panel, theme) } : {}),
  }))
  return { ...frame(panel, theme), xAxis: categories(names, theme, false), yAxis: values(panel, theme), series }
}

const quietStyle = (theme: ChartTheme): Partial<LineSeriesOption> => ({
  lineStyle: { color: theme.quiet, width: 1.4 * theme.scale, type: [4 * theme.scale, 4 * theme.scale] },
  itemStyle: { color: theme.quiet },
  z: 1,
})

function strongStyle(theme: ChartTheme, index: number): Partial<LineSeriesOption> {
  const color = colourOf(theme, index)
  return {
    lineStyle: { color, width: 2.4 * theme.scale },
    itemStyle: { color },
    ...(index === 0 ? { areaStyle: { color, opacity: 0.1 } } : {}),
    z: 3,
  }
}

/** Upright bars, one or a few per bin; a status other than ok takes its colour. */
import type { BarSeriesOption, EChartsOption } from 'echarts'
import { said } from '../shared/i18n'
import type { Envelope, Panel, Row } from '../shared/spec'
import { axisWord } from './axis'
import { categories, colourOf, frame, targetLine, values } from './chartParts'
import type { ChartTheme } from './chartTheme'
import { amount, hasStatus, seriesOf, statusAt, word } from './rows'

export function columnOption(panel: Panel, envelope: Envelope, theme: ChartTheme): EChartsOption {
  const series = seriesOf(panel).map((one, index): BarSeriesOption => ({
    type: 'bar',
    name: said(one.label, theme.lang),
    barMaxWidth: 36 * theme.scale,
    barCategoryGap: '32%',
    data: envelope.rows.map((row) => ({ value: amount(row, one.y) ?? '-', itemStyle: barStyle(panel, row, theme, index) })),
    ...(index === 0 ? { markLine: targetLine(panel, theme) } : {}),
  }))
  return { ...frame(panel, theme), xAxis: categories(binNames(panel, envelope, theme), theme), yAxis: values(panel, theme), series }
}

export function binNames(panel: Panel, envelope: Envelope, theme: ChartTheme): string[] {
  const x = panel.encode?.x ?? 'x'
  return envelope.rows.map((row) => {
    const said = word(envelope, row, x, theme.lang)
    return said === String(row[x]) || typeof row[x] === 'number' ? axisWord(row[x], theme.lang) : said
  })
}

function barStyle(panel: Panel, row: Row, theme: ChartTheme, index: number): NonNullable<BarSeriesOption['itemStyle']> {
  const status = panel.encode?.status
  const color = hasStatus(row, status) && index === 0 ? theme.status[statusAt(row, status)] : colourOf(theme, index)
  return { color, borderRadius: [2, 2, 0, 0] }
}

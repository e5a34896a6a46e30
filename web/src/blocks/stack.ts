/** Upright bars whose parts add up: at most four parts and the rest. */
import type { BarSeriesOption, EChartsOption } from 'echarts'
import { said } from '../shared/i18n'
import type { Envelope, Panel } from '../shared/spec'
import { categories, colourOf, frame, values } from './chartParts'
import type { ChartTheme } from './chartTheme'
import { binNames } from './column'
import { amount, seriesOf } from './rows'

export function stackOption(panel: Panel, envelope: Envelope, theme: ChartTheme): EChartsOption {
  const series = seriesOf(panel).map((one, index): BarSeriesOption => ({
    type: 'bar',
    stack: 'all',
    name: said(one.label, theme.lang),
    barMaxWidth: 36 * theme.scale,
    barCategoryGap: '28%',
    itemStyle: { color: colourOf(theme, index), borderColor: theme.surface, borderWidth: 0.5 },
    data: envelope.rows.map((row) => amount(row, one.y) ?? 0),
  }))
  return { ...frame(panel, theme), xAxis: categories(binNames(panel, envelope, theme), theme), yAxis: values(panel, theme), series }
}

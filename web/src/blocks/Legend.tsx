/** The legend of a panel, beside its title. */
import { byFormat } from '../shared/format'
import { texts, useSaid, useTexts } from '../shared/i18n'
import type { Panel } from '../shared/spec'
import { seriesOf } from './rows'

const words = texts({ target: ['目标', 'target'], due: ['应达进度', 'due by now'], overdue: ['逾期', 'overdue'] })
const CHARTS = new Set(['line', 'column', 'stack'])

function SeriesLegend({ panel }: { panel: Panel }) {
  const said = useSaid()
  const series = seriesOf(panel)
  if (series.length < 2) return null
  const marks = series.map((one, index) => (
    <span key={one.y} className="legend" data-shape={one.reference ? 'dash' : panel.kind === 'line' ? 'line' : 'box'}>
      <i data-series={one.reference ? 'reference' : Math.min(index + 1, 5)} />
      {said(one.label)}
    </span>
  ))
  return series.length > 2 ? <div className="legend-row">{marks}</div> : marks
}

export function Legend({ panel }: { panel: Panel }) {
  const t = useTexts(words)
  const said = useSaid()
  const { target } = panel
  return (
    <>
      {CHARTS.has(panel.kind) && <SeriesLegend panel={panel} />}
      {panel.kind === 'progress' && panel.encode?.due && (
        <span className="legend" data-shape="tick">
          <i />
          {t('due')}
        </span>
      )}
      {panel.kind === 'pipeline' && panel.encode?.overdue && (
        <span className="legend" data-shape="box">
          <i data-series="overdue" />
          {t('overdue')}
        </span>
      )}
      {panel.kind !== 'kpi' && target !== null && target !== undefined && (
        <span className="legend" data-shape="tick">
          <i />
          {t('target')}{' '}
          <span className="num">
            {byFormat(target, panel.format)}
            {said(panel.unit)}
          </span>
        </span>
      )}
    </>
  )
}

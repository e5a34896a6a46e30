/** One figure of the strip: value, unit, direction, target; a press says how it was computed. */
import { byFormat, percent, spaced } from '../shared/format'
import { texts, useLang, useSaid, useTexts } from '../shared/i18n'
import type { Envelope, Panel, Row, Text } from '../shared/spec'
import { Empty } from '../shared/States'
import { Mark, useStatusWord } from '../shared/Status'
import { openHow } from './explain'
import { amount, statusAt, word } from './rows'
import { Spark } from './Spark'
import type { BlockProps } from './types'

const words = texts({
  target: ['目标', 'Target'],
  before: ['较上期', 'vs last'],
  points: ['个百分点', 'pts'],
  same: ['与上期持平', 'unchanged'],
  nothing: ['当前范围暂无数值', 'No value in this scope'],
  how: ['怎么算的', 'How was this computed'],
})

/** Is a change good, bad or neither, by the direction in which the figure gets better? */
export function toneOf(delta: number, good: string | null | undefined): 'good' | 'bad' | 'plain' {
  if (delta === 0 || (good !== 'up' && good !== 'down')) return 'plain'
  return delta > 0 === (good === 'up') ? 'good' : 'bad'
}

function Change({ panel, row, isShare }: { panel: Panel; row: Row; isShare: boolean }) {
  const t = useTexts(words)
  const delta = amount(row, panel.encode?.delta ?? 'delta')
  if (delta === null) return null
  if (delta === 0) return <span>{t('same')}</span>
  const good = panel.good && panel.good !== 'none' ? panel.good : (row['better'] as string | undefined)
  const size = panel.format === 'percent' ? percent(Math.abs(delta)) : byFormat(Math.abs(delta), panel.format)
  return (
    <span>
      <span className="kpi-delta num" data-tone={toneOf(delta, good)}>
        {delta > 0 ? '↑' : '↓'} {size}
      </span>
      {isShare && ` ${t('points')}`}
      <span className="kpi-before"> {t('before')}</span>
    </span>
  )
}

const numberPart = (text: string): string => text.replace(/%$/, '')

function Figure({ panel, row, unit }: { panel: Panel; row: Row; unit: string }) {
  const value = amount(row, panel.encode?.value ?? 'value')
  const text =
    typeof row[panel.encode?.value ?? 'value'] === 'string' && value === null ? String(row[panel.encode?.value ?? 'value']) : null
  return (
    <>
      <b className="num">{text ?? numberPart(byFormat(value, panel.format))}</b>
      <span className="kpi-unit">{unit}</span>
    </>
  )
}

function Tile({ panel, envelope }: { panel: Panel; envelope: Envelope }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const row = envelope.rows[0] as Row
  const unit = panel.format === 'percent' ? '%' : said(panel.unit) || word(envelope, row, panel.encode?.unit ?? 'unit', lang)
  const target = panel.target ?? amount(row, 'target')
  if (row['status'] === 'awaiting' || row['status'] === 'absent')
    return <span className="kpi-note">{row['feeds'] ? spaced(said(row['feeds'] as Text)) : t('nothing')}</span>
  return (
    <>
      <span className="kpi-value">
        <Figure panel={panel} row={row} unit={unit} />
        {Array.isArray(row['spark']) && <Spark values={row['spark'] as (number | null)[]} />}
      </span>
      <span className="kpi-foot">
        <Change panel={panel} row={row} isShare={unit === '%'} />
        {target !== null && (
          <span className="kpi-target">
            {t('target')} <span className="num">{numberPart(byFormat(target, panel.format))}</span>
          </span>
        )}
      </span>
    </>
  )
}

export function Kpi({ panel, envelope, drill }: BlockProps) {
  const t = useTexts(words)
  const said = useSaid()
  const statusWord = useStatusWord()
  const row = envelope.rows[0]
  if (!row) return <Empty />
  const status = statusAt(row, panel.encode?.status ?? 'status')
  const key = typeof row['key'] === 'string' && panel.data?.source.startsWith('indicators.') ? row['key'] : null
  const press = drill ? () => drill(row) : key ? () => openHow(key) : undefined
  const name = (
    <span className="kpi-name">
      {status !== 'ok' && status !== 'none' && (
        <>
          <Mark status={status} />
          <span className="sr-only">{statusWord(status)}</span>
        </>
      )}
      {said(panel.title)}
    </span>
  )
  const body = (
    <>
      {name}
      <Tile panel={panel} envelope={envelope} />
    </>
  )
  if (!press)
    return (
      <div className="kpi-face" data-status={status}>
        {body}
      </div>
    )
  return (
    <button type="button" className="kpi-face" data-status={status} title={key ? t('how') : undefined} onClick={press}>
      {body}
    </button>
  )
}

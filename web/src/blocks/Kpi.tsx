/** One figure of the strip: value, unit, direction, target; a press says how it was computed. */
import { asOf, byFormat, percent, spaced } from '../shared/format'
import { texts, useLang, useSaid, useTexts } from '../shared/i18n'
import type { Envelope, Panel, Row, Text } from '../shared/spec'
import { Empty } from '../shared/States'
import { Mark, useStatusWord } from '../shared/Status'
import { against } from './against'
import { openHow } from './explain'
import { amount, statusAt, word } from './rows'
import { Spark } from './Spark'
import type { BlockProps } from './types'

const words = texts({
  target: ['目标', 'Target'],
  before: ['较上期', 'vs last'],
  year: ['同比', 'on the year'],
  asOf: ['截至', 'as of'],
  stale: ['数据已过时', 'Out of date'],
  points: ['个百分点', 'pts'],
  same: ['持平', 'unchanged'],
  feeds: ['{who}', 'Awaits {who}'],
  nothing: ['当前范围暂无数值', 'No value in this scope'],
  how: ['怎么算的', 'How was this computed'],
})

/** Is a change good, bad or neither, by the direction in which the figure gets better? */
export function toneOf(delta: number, good: string | null | undefined): 'good' | 'bad' | 'plain' {
  if (delta === 0 || (good !== 'up' && good !== 'down')) return 'plain'
  return delta > 0 === (good === 'up') ? 'good' : 'bad'
}

interface ChangeProps {
  panel: Panel
  row: Row
  delta: number
  isShare: boolean
}

/** A change with its arrow, its size and its unit, coloured by whether it is for the better. */
function Change({ panel, row, delta, isShare }: ChangeProps) {
  const t = useTexts(words)
  const good = panel.good && panel.good !== 'none' ? panel.good : (row['better'] as string | undefined)
  const size = panel.format === 'percent' ? percent(Math.abs(delta)) : byFormat(Math.abs(delta), panel.format)
  if (!/[1-9]/.test(size)) return t('same')
  return (
    <>
      <span className="kpi-delta num" data-tone={toneOf(delta, good)}>
        {delta > 0 ? '↑' : '↓'} {size}
      </span>
      {isShare && ` ${t('points')}`}
    </>
  )
}

/** The change against the period before and, where there is room, against the year before; without either, the date of the figure. */
function Changes({ panel, row, isShare, date }: Omit<ChangeProps, 'delta'> & { date: string | null }) {
  const t = useTexts(words)
  const lang = useLang()
  const delta = amount(row, panel.encode?.delta ?? 'delta')
  const year = amount(row, 'year_delta')
  if (delta === null) return <AsOf date={date} />
  const [now, before] = [row['period'], row['before']]
  const than = typeof now === 'string' && typeof before === 'string' ? spaced(against(now, before, lang)) : t('before')
  return (
    <>
      <span>
        <Change panel={panel} row={row} delta={delta} isShare={isShare} /> {than}
      </span>
      {year !== null && before !== row['year_before'] && (
        <span className="kpi-year">
          {t('year')} <Change panel={panel} row={row} delta={year} isShare={isShare} />
        </span>
      )}
    </>
  )
}

function AsOf({ date }: { date: string | null }) {
  const t = useTexts(words)
  return date ? (
    <span>
      {t('asOf')} <span className="num">{asOf(date)}</span>
    </span>
  ) : null
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

function Tile({ panel, envelope, stale }: { panel: Panel; envelope: Envelope; stale: boolean }) {
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
        {stale && (
          <span>
            <Mark status="watch" /> {t('stale')}
          </span>
        )}
        <Changes panel={panel} row={row} isShare={unit === '%'} date={envelope.as_of} />
        {target !== null && (
          <span className="kpi-target">
            {t('target')} <span className="num">{numberPart(byFormat(target, panel.format === 'percent' ? 'percent' : null))}</span>
          </span>
        )}
      </span>
    </>
  )
}

export function Kpi({ panel, envelope, drill, stale = false }: BlockProps) {
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
      <span title={said(panel.title)}>{said(panel.title)}</span>
    </span>
  )
  const body = (
    <>
      {name}
      <Tile panel={panel} envelope={envelope} stale={stale} />
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

/** Open cases as bars from their report to their limit, those due first on top; a line says where now is. */
import { useLang, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Link } from 'react-router'
import { useRows } from '../records'
import { titleSaid } from '../titles'
import { deskAddress, ordered } from './desk'
import { CASE } from './api'
import { useRowKeys } from './rowKeys'
import { axisFor, barOn, ticksOf, type Axis, type Bar, type Part } from './axis'
import { TimeLeft, UrgencyMark, useNow } from './parts'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'

const MOST = 100
const percent = (share: number): string => `${share * 100}%`
const along = ({ start, end }: Part) => ({ insetInlineStart: percent(start), inlineSize: percent(end - start) })

/** Days before and after now, with a thin line down through the rows at each. */
function Ticks({ axis }: { axis: Axis }) {
  const t = useTexts(deskCaseWords)
  const ticks = ticksOf(axis)
  const word = (days: number) => (days ? t(days < 0 ? 'daysAgo' : 'daysOn', { days: Math.abs(days) }) : t('now'))
  return (
    <>
      <div className="timeline-axis num meta" aria-hidden="true">
        {ticks.map(({ days, at }) => (
          <span key={days} style={{ insetInlineStart: percent(at) }}>
            {word(days)}
          </span>
        ))}
      </div>
      <div className="timeline-grid" aria-hidden="true">
        {ticks.map(({ days, at }) => (
          <i key={days} data-now={days === 0 || undefined} style={{ insetInlineStart: percent(at) }} />
        ))}
      </div>
    </>
  )
}

/** Time given in one colour, delay in another. What is longer than the axis ends in a point. The words beside it say the same. */
function Track({ bar }: { bar: Bar | null }) {
  return (
    <span className="timeline-track" aria-hidden="true">
      {bar && <i className="timeline-bar" style={along(bar.given)} data-cut-start={bar.cut.start || undefined} data-cut-end={bar.cut.end || undefined} />}
      {bar?.late && <i className="timeline-bar" style={along(bar.late)} data-late data-cut-start={bar.late.start <= 0 || undefined} />}
    </span>
  )
}

export function Timeline(view: ViewOf) {
  const { desk } = view
  const t = useTexts(deskCaseWords)
  useLang()
  const now = useNow()
  const query = { ...ordered(desk.query), where: [...desk.query.where, { field: 'due_at', op: 'missing' as const, value: 'false' }] }
  const rows = useRows(CASE, { ...query, sort: 'due_at', after: '' }, MOST)
  const box = useRowKeys<HTMLDivElement>(rows.data?.rows ?? [], view)
  if (rows.isPending) return <Skeleton lines={8} />
  if (rows.isError) return <Failed error={rows.error} again={() => void rows.refetch()} />
  if (!rows.data.rows.length) return <p className="nothing">{t('noneFound')}</p>
  const axis = axisFor(rows.data.rows, now)
  return (
    <div ref={box} className="sheet case-timeline" aria-busy={rows.isFetching}>
      <p className="meta timeline-help">{t('timelineHelp')}</p>
      <div className="timeline-body">
        <Ticks axis={axis} />
        <ol className="timeline-rows">
          {rows.data.rows.map((row) => (
            <li key={row.id} data-open={desk.open === String(row.id) || undefined}>
              <span className="timeline-name">
                <UrgencyMark urgency={row['urgency']} bare />
                <Link className="title-link" to={deskAddress({ ...desk, open: String(row.id) })}>
                  {titleSaid(row)}
                </Link>
                <TimeLeft row={row} now={now} />
              </span>
              <Track bar={barOn(row, axis, now)} />
            </li>
          ))}
        </ol>
      </div>
    </div>
  )
}

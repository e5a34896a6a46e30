/** Open cases as bars from their report to their limit, those due first on top; a line says where now is. */
import { useLang, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Link } from 'react-router'
import { dayOf } from '../../shared/format'
import { useRows } from '../records'
import { titleSaid } from '../titles'
import { deskAddress, ordered } from './desk'
import { CASE } from './api'
import { TimeLeft, UrgencyMark, useNow } from './parts'
import { barOn } from './time'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'

const BACK_MS = 3 * 86_400_000
const AHEAD_MS = 7 * 86_400_000
const MOST = 100

export function Timeline({ desk }: ViewOf) {
  const t = useTexts(deskCaseWords)
  useLang()
  const now = useNow()
  const query = { ...ordered(desk.query), where: [...desk.query.where, { field: 'due_at', op: 'missing' as const, value: 'false' }] }
  const rows = useRows(CASE, { ...query, sort: 'due_at', after: '' }, MOST)
  if (rows.isPending) return <Skeleton lines={8} />
  if (rows.isError) return <Failed error={rows.error} again={() => void rows.refetch()} />
  if (!rows.data.rows.length) return <p className="nothing">{t('noneFound')}</p>
  const [from, to] = [now - BACK_MS, now + AHEAD_MS]
  const at = (now - from) / (to - from)
  const days = Array.from({ length: 10 }, (_, day) => from + day * 86_400_000)
  return (
    <div className="sheet case-timeline" aria-busy={rows.isFetching}>
      <p className="meta timeline-help">{t('timelineHelp')}</p>
      <div className="timeline-axis num meta" aria-hidden="true">
        {days.map((day) => (
          <span key={day} style={{ insetInlineStart: `${((day - from) / (to - from)) * 100}%` }}>
            {Math.abs(day - now) < 1000 ? t('now') : dayOf(day)}
          </span>
        ))}
      </div>
      <ol className="timeline-rows">
        {rows.data.rows.map((row) => {
          const bar = barOn(row, from, to, now)
          return (
            <li key={row.id} data-open={desk.open === String(row.id) || undefined}>
              <span className="timeline-name">
                <UrgencyMark urgency={row['urgency']} bare />
                <Link className="title-link" to={deskAddress({ ...desk, open: String(row.id) })}>
                  {titleSaid(row)}
                </Link>
                <TimeLeft row={row} now={now} />
              </span>
              <span className="timeline-track" aria-hidden="true">
                <i className="timeline-now" style={{ insetInlineStart: `${at * 100}%` }} />
                {bar && (
                  <i
                    className="timeline-bar"
                    data-late={Date.parse(String(row['due_at'])) < now || undefined}
                    style={{ insetInlineStart: `${bar.start * 100}%`, inlineSize: `max(4px, ${(bar.end - bar.start) * 100}%)` }}
                  />
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

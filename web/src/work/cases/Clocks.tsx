import { useLang, useSaid, useTexts } from '../../shared/i18n'
import { bracketed, joined } from '../../shared/joined'
import { Failed, Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { useLabel } from '../labels'
import { momentText } from '../values'
import type { Id } from '../wire'
import { isClosed, useClocks, type CaseClock, type Stands } from './api'
import { clockBar } from './axis'
import { useNow } from './parts'
import { spanWords, workingWords } from './time'
import { caseWords } from './words'

const MARKS: Record<Stands, 'ok' | 'watch' | 'breach' | 'awaiting' | 'none'> = {
  running: 'none',
  paused: 'awaiting',
  over: 'breach',
  met: 'ok',
  missed: 'breach',
  dropped: 'none',
}
const SECOND = 1_000

/** Working time is counted by the server; time on the wall goes on here. */
function useStanding(clock: CaseClock): string {
  const t = useTexts(caseWords)
  const lang = useLang()
  const now = useNow()
  const due = clock.due_at ? Date.parse(clock.due_at) : null
  const stands = clock.stands === 'running' && due !== null && due <= now ? 'over' : clock.stands
  const left = clock.working || clock.paused_at ? (clock.left_s ?? 0) * SECOND : (due ?? now) - now
  const leftWords = clock.working ? workingWords(left, clock.day_s * SECOND, lang) : spanWords(left, lang)
  if (stands === 'over') return joined('comma', [t('overNow'), t('overIs', { span: spanWords(now - (due ?? now), lang) })])
  if (stands === 'running') return t('leftIs', { span: leftWords })
  if (stands === 'paused') return joined('comma', [t('pausedSince', { time: momentText(clock.paused_at) }), t('leftIs', { span: leftWords })])
  if (stands === 'dropped') return t('dropped')
  return joined('comma', [t(stands), t('metAt', { time: momentText(clock.met_at) })])
}

/** Where the limit stands written, in words; ours where no text sets it. */
function useSource({ basis, source, clause }: CaseClock): string {
  const t = useTexts(caseWords)
  return basis === 'ours' && !source ? t('ours') : [source || basis, clause].filter(Boolean).join(' ')
}

/** How much later than its limit it ended, or is now. */
function useLate({ due_at, met_at, ended_at, paused_at }: CaseClock): number {
  const now = useNow()
  const end = met_at ?? ended_at ?? paused_at
  return due_at ? (end ? Date.parse(end) : now) - Date.parse(due_at) : 0
}

/** A line marks the limit; delay is drawn behind it by its length. The words above say the same. */
function ClockBar({ clock, used }: { clock: CaseClock; used: number }) {
  const { given, late } = clockBar(used, useLate(clock))
  return (
    <span className="clock-bar" aria-hidden="true">
      <i style={{ inlineSize: `${given * 100}%` }} />
      <i data-late style={{ inlineSize: `${late * 100}%` }} />
    </span>
  )
}

function Clock({ clock }: { clock: CaseClock }) {
  const t = useTexts(caseWords)
  const said = useSaid()
  const label = useLabel()
  const standing = useStanding(clock)
  const source = useSource(clock)
  return (
    <li className="clock" data-stands={clock.stands}>
      <p className="clock-head">
        <b>{label(clock.label)}</b>
        <span className="meta">
          {t('limit', { limit: said(clock.limit) })}
          {clock.working && bracketed(t('working'))}
        </span>
        <span className="clock-stands">
          <Mark status={MARKS[clock.stands]} size="0.75em" />
          {standing}
        </span>
      </p>
      {clock.used !== null && <ClockBar clock={clock} used={clock.used} />}
      <p className="meta num clock-foot">
        <span>
          {t('started')} {momentText(clock.started_at)}
        </span>
        {clock.due_at && !clock.paused_at && (
          <span>
            {t('due')} {momentText(clock.due_at)}
          </span>
        )}
        <span>
          {joined('colon', [t('basis'), source])}
        </span>
      </p>
      {clock.why_paused && <p className="meta">{t('pausedWhy', { why: clock.why_paused })}</p>}
    </li>
  )
}

const RUNNING: readonly Stands[] = ['running', 'paused', 'over']

function ClockList({ rows }: { rows: readonly CaseClock[] }) {
  return (
    <ul className="clocks">
      {rows.map((clock) => (
        <Clock key={`${clock.key}${clock.started_at}`} clock={clock} />
      ))}
    </ul>
  )
}

/** Those that still run; the ended ones fold away behind them, so that the work to do stands near the top. */
function Sorted({ rows }: { rows: readonly CaseClock[] }) {
  const t = useTexts(caseWords)
  const running = rows.filter((clock) => RUNNING.includes(clock.stands))
  const ended = rows.filter((clock) => !RUNNING.includes(clock.stands))
  if (!running.length || !ended.length) return <ClockList rows={rows} />
  const missed = ended.filter((clock) => clock.stands === 'missed').length
  return (
    <>
      <ClockList rows={running} />
      <details className="clocks-ended">
        <summary>
          {t('ended', { count: ended.length })}
          {missed > 0 && <span className="column-late num">{t('endedLate', { count: missed })}</span>}
        </summary>
        <ClockList rows={ended} />
      </details>
    </>
  )
}

/** Every clock of the case: its limit and where that stands written, what is left, and why it stands still. */
export function Clocks({ id }: { id: Id }) {
  const t = useTexts(caseWords)
  const clocks = useClocks(id)
  if (isClosed(clocks.error)) return null
  return (
    <section className="case-part" aria-label={t('clocks')}>
      <h3>{t('clocks')}</h3>
      {clocks.isPending && <Skeleton lines={3} />}
      {clocks.isError && <Failed error={clocks.error} again={() => void clocks.refetch()} />}
      {clocks.data?.rows.length === 0 && <p className="meta">{t('noClocks')}</p>}
      {clocks.data && <Sorted rows={clocks.data.rows} />}
    </section>
  )
}

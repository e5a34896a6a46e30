/** The alarm desk: what runs now and where, what waits for its review, whether somebody is on duty, whether people can be told. */
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { clockText, useNow } from '../../shared/clock'
import { ErrorBoundary } from '../../shared/ErrorBoundary'
import { number } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { canDraw } from '../../screen/map/drawing'
import { listPath } from '../paths'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import { RESCUE, useBoard, type Board, type Rescue } from './api'
import './alarms.css'
import { Coverage } from './Coverage'
import { Raise } from './Raise'
import { RescueCard } from './RescueCard'
import { EndedCard } from './Review'
import { Ways } from './Ways'
import { alarmWords } from './words'

const AlarmMap = lazy(() => import('./AlarmMap'))

export default function AlarmsPage() {
  const t = useTexts(alarmWords)
  const board = useBoard()
  if (board.isError)
    return (
      <div className="page">
        <ProblemPage error={board.error} again={() => void board.refetch()} />
      </div>
    )
  const again = () => void board.refetch()
  const ended = (board.data?.rows ?? []).filter((row) => row.ended_at)
  return (
    <div className="page alarm-desk">
      <Crumbs path={[{ label: t('title') }]} />
      <div className="row between"><h1>{t('title')}</h1>{board.data && <Raise board={board.data} onDone={again} />}</div>
      {board.data ? <Running board={board.data} again={again} /> : <Skeleton lines={5} />}
      {board.data && ended.length > 0 && (
        <section aria-labelledby="ended"><h2 id="ended">{t('waiting')} <span className="num">{ended.length}</span></h2>
          <div className="rescues">{ended.map((row) => <EndedCard key={row.id} rescue={row} board={board.data} onDone={again} />)}</div>
        </section>
      )}
      <section aria-labelledby="cover"><h2 id="cover">{t('coverage')}</h2><Coverage /></section>
      <section aria-labelledby="ways"><h2 id="ways">{t('ways')}</h2><Ways /></section>
      <p className="row"><Link className="desk-link" to={listPath('alarms.duty')}>{t('roster')}</Link><Link className="desk-link" to={listPath(RESCUE)}>{t('history')}</Link><Link className="desk-link" to={listPath('notices.delivery')}>{t('deliveries')}</Link></p>
    </div>
  )
}

function Running({ board, again }: { board: Board; again: () => void }) {
  const t = useTexts(alarmWords)
  const rows = board.rows.filter((row) => !row.ended_at)
  return (
    <section aria-labelledby="running">
      <h2 id="running">{t('running')} <span className="num">{rows.length}</span></h2>
      {rows.length ? <Floor rows={rows} board={board} again={again} /> : <div className="sheet alarm-calm"><p>{t('none')}</p><Figures board={board} /></div>}
    </section>
  )
}

function Floor({ rows, board, again }: { rows: Rescue[]; board: Board; again: () => void }) {
  const now = useNow()
  const [able] = useState(canDraw)
  return (
    <div className="alarm-floor" data-flat={!able || undefined}>
      <div className="rescues" role="log" aria-live="polite">{rows.map((row) => <RescueCard key={row.id} rescue={row} board={board} now={now} onDone={again} />)}</div>
      {able && <ErrorBoundary name="map"><Suspense fallback={<div className="alarm-map" />}><AlarmMap rescues={rows} /></Suspense></ErrorBoundary>}
    </div>
  )
}

/** How it went lately, while nothing runs. */
function Figures({ board }: { board: Board }) {
  const t = useTexts(alarmWords)
  const { days, rescues, real, answered_s, there_s, in_time_pct } = board.figures
  if (!rescues) return null
  const middle = (seconds: number | null) => (seconds === null ? '—' : clockText(seconds * 1000))
  return (
    <dl className="alarm-figures" aria-label={t('lately', { days })}>
      <div><dt>{t('lately', { days })}</dt><dd className="num">{number(rescues, 0)}</dd></div>
      <div><dt>{t('real')}</dt><dd className="num">{number(real, 0)}</dd></div>
      <div><dt>{t('middleAnswer')}</dt><dd className="num">{middle(answered_s)}</dd></div>
      <div><dt>{t('middleThere')}</dt><dd className="num">{middle(there_s)}</dd></div>
      <div><dt>{t('inTime')}</dt><dd className="num">{in_time_pct === null ? '—' : `${number(in_time_pct, 1)}%`}</dd></div>
    </dl>
  )
}

/** The alarm desk: what runs now, what waits for its review, whether somebody is on duty, whether people can be told. */
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useNow } from '../../shared/clock'
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { tellFailed } from './told'
import { listPath } from '../paths'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import { raise, RESCUE, useBoard, useWays, type Board, type Way } from './api'
import { Coverage } from './Coverage'
import { RescueCard } from './RescueCard'
import './alarms.css'
import { alarmWords } from './words'

export default function AlarmsPage() {
  const t = useTexts(alarmWords)
  const board = useBoard()
  const now = useNow()
  if (board.isError)
    return (
      <div className="page">
        <ProblemPage error={board.error} again={() => void board.refetch()} />
      </div>
    )
  const again = () => void board.refetch()
  const rows = board.data?.rows ?? []
  const running = rows.filter((row) => !row.ended_at)
  const ended = rows.filter((row) => row.ended_at)
  return (
    <div className="page">
      <Crumbs path={[{ label: t('title') }]} />
      <div className="row between"><h1>{t('title')}</h1>{board.data && <Raise board={board.data} onDone={again} />}</div>
      <section aria-labelledby="running"><h2 id="running">{t('running')} <span className="num">{running.length}</span></h2>
        {board.isPending ? <Skeleton lines={5} /> : board.data && running.length ? (
          <div className="rescues" role="log" aria-live="polite">{running.map((row) => <RescueCard key={row.id} rescue={row} board={board.data} now={now} onDone={again} />)}</div>
        ) : <p className="nothing sheet">{t('none')}</p>}
      </section>
      {board.data && ended.length > 0 && (
        <section aria-labelledby="ended"><h2 id="ended">{t('waiting')} <span className="num">{ended.length}</span></h2>
          <div className="rescues">{ended.map((row) => <RescueCard key={row.id} rescue={row} board={board.data} now={now} onDone={again} />)}</div>
        </section>
      )}
      <section aria-labelledby="ways"><h2 id="ways">{t('ways')}</h2><Ways /></section>
      <section aria-labelledby="cover"><h2 id="cover">{t('coverage')}</h2><Coverage /></section>
      <p className="row"><Link className="desk-link" to={listPath('alarms.duty')}>{t('roster')}</Link><Link className="desk-link" to={listPath(RESCUE)}>{t('history')}</Link><Link className="desk-link" to={listPath('notices.delivery')}>{t('deliveries')}</Link></p>
    </div>
  )
}

/** An alarm that somebody told the desk of, or a test. */
function Raise({ board, onDone }: { board: Board; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const [open, setOpen] = useState<'' | 'raise' | 'test'>('')
  const [kind, setKind] = useState('')
  const [subject, setSubject] = useState('')
  const send = () => void raise(kind || board.alarms[0]?.key || '', subject, open === 'test').then(() => { setOpen(''); setSubject(''); onDone() }, tellFailed)
  if (!board.alarms.length) return null
  if (!open)
    return (
      <span className="row">
        <Button onClick={() => setOpen('test')}>{t('testCall')}</Button>
        <Button type="primary" onClick={() => setOpen('raise')}>{t('raise')}</Button>
      </span>
    )
  return (
    <form className="row raise" onSubmit={(event) => { event.preventDefault(); send() }}>
      <label>{t('kind')} <select className="native-select" value={kind} onChange={(event) => setKind(event.target.value)}>{board.alarms.map((one) => <option key={one.key} value={one.key}>{said(one.label)}</option>)}</select></label>
      <label>{t('subject')} <input className="native-select" required value={subject} placeholder={t('subjectHelp')} onChange={(event) => setSubject(event.target.value)} /></label>
      <Button type="primary" htmlType="submit">{t(open === 'test' ? 'testCall' : 'raise')}</Button>
      <Button onClick={() => setOpen('')}>{t('cancel')}</Button>
      {open === 'test' && <span className="meta">{t('testHelp')}</span>}
    </form>
  )
}

function Ways() {
  const ways = useWays()
  if (ways.isError) return <ProblemPage error={ways.error} again={() => void ways.refetch()} />
  if (ways.isPending) return <Skeleton lines={2} />
  return <ul className="ways">{ways.data.map((way) => <WayLine key={way.key} way={way} />)}</ul>
}

function WayLine({ way }: { way: Way }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const { received = 0, sent = 0, queued = 0, failed = 0, off = 0 } = way
  return (
    <li className="sheet">
      <b><Mark status={way.lacks ? 'awaiting' : failed ? 'watch' : 'ok'} /> {said(way.label)}</b>
      <span>{way.lacks ? t('lacks', { what: said(way.lacks) }) : t('ready')}</span>
      <span className="meta num">{t('wayCounts', { received, sent, queued, failed, off })}</span>
    </li>
  )
}

/** Today's round: the next stop large with the way there, what is said of it, and what comes then. All of it works without a network. */
import { useEffect, useState } from 'react'
import { api } from '../../shared/api'
import { time } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import { hoursOf } from '../../shared/hours'
import { headed } from '../../shared/joined'
import { live } from '../../shared/live'
import { useKept } from '../data/kept'
import { toursOf, type Tour, type Tours, type TourStop } from '../data/tours'
import { distanceWords } from '../near/distance'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { useParcels } from '../outbox/useParcels'
import { Link } from '../parts/Link'
import { Loading } from '../parts/Loading'
import type { Point } from '../place/shapes'
import '../style/cases.css'
import '../style/work.css'
import '../style/tour.css'
import { refreshWorker, useWorker, type Worker } from '../work/account'
import { Queue } from '../work/Queue'
import { SignIn } from '../work/SignIn'
import { findHere } from '../work/useHere'
import { laneOf, sayParcel, standing, type Said } from './saying'
import { WayTold } from './WayTold'

const words = texts({
  none: ['今天没有下发给您的路线。', 'No round was handed out to you today.'],
  left: ['还有 {n} 处，已走 {m} 处', '{n} to go, {m} behind you'], allDone: ['今天的路线走完了。', 'The round of today is walked.'],
  next: ['下一处', 'Next'], then: ['然后', 'Then'], over: ['已走过', 'Behind you'], there: ['预计 {time} 到', 'there at {time}'],
  done: ['已办', 'Done'], nobody: ['没人在', 'Nobody there'], skipped: ['跳过', 'Skip'], write: ['登记这一处', 'Write it down'],
  closed: ['已登记，不再到期', 'written down already'], way: ['怎么走', 'The way'], straight: ['没有步行路网，图上是直线。', 'Without the walking network a straight line is drawn.'],
  navigate: ['用手机导航', "Open in the phone's maps"], again: ['从我现在的位置重新排', 'Order anew from here'], noHere: ['手机没有给出位置。', 'The phone gave no position.'],
  ordered: ['剩下 {n} 处已重新排好。', '{n} stops are in a new order.'], note: ['说明（可以不写）', 'Note (optional)'], waits: ['待发送', 'waiting to be sent'],
})
const SAID: readonly Said[] = ['done', 'nobody', 'skipped']

export function TourPage() {
  const { worker, asked } = useWorker()
  useEffect(() => void refreshWorker(), [])
  if (!worker) return asked ? <SignIn /> : null
  return <Mine key={worker.id} worker={worker} />
}

function Mine({ worker }: { worker: Worker }) {
  const t = useTexts(words)
  const tours = useKept<Tours>(toursOf(worker.id))
  useEffect(() => live.onTopic('tours.plannedstop', tours.again), [tours.again])
  return (
    <>
      <Queue worker={worker} onArrived={tours.again} />
      <Loading answer={tours} lines={8}>{(body) => body.tours.length
        ? <>{body.tours.map((tour) => <OneTour key={tour.plan} tour={tour} worker={worker} again={tours.again} />)}</>
        : <p className="note">{t('none')}</p>}</Loading>
    </>
  )
}

function OneTour({ tour, worker, again }: { tour: Tour; worker: Worker; again: () => void }) {
  const t = useTexts(words)
  const said = useSaid()
  const parcels = useParcels()
  const { next, later, over } = standing(tour, parcels)
  const waits = new Set(parcels.filter(({ state }) => state !== 'sent').map(({ lane }) => lane))
  const before = over.at(-1)?.stop
  return (
    <>
      <section className="card" aria-labelledby={`tour-${tour.plan}`}>
        <header><h2 id={`tour-${tour.plan}`}>{said(tour.label)}</h2><span className="hint num">{t('left', { n: later.length + Number(next !== null), m: over.length })}</span></header>
        {!next && <p className="note" role="status">{t('allDone')}</p>}
      </section>
      {next && <Next key={next.id} stop={next} from={pointOf(before)} tour={tour} worker={worker} />}
      {next && <Again tour={tour} onDone={again} />}
      {later.length > 0 && <section className="card" aria-labelledby={`then-${tour.plan}`}><h2 id={`then-${tour.plan}`}>{t('then')}</h2><ol className="tour-list">{later.map((stop) => <Later key={stop.id} stop={stop} tour={tour} />)}</ol></section>}
      {over.length > 0 && (
        <details className="card"><summary>{t('over')} <span className="num">{over.length}</span></summary>
          <ul className="tour-list">{over.map(({ stop, state }) => <li key={stop.id}><b className="pin-mark num">{stop.number}</b><span><b>{said(stop.title ?? stop.place)}</b><span className="hint">{t(state)}{waits.has(laneOf(stop)) && ` · ${t('waits')}`}</span></span></li>)}</ul>
        </details>
      )}
    </>
  )
}

const pointOf = (stop: TourStop | undefined): Point | null => (stop && stop.lon !== null && stop.lat !== null ? { lon: stop.lon, lat: stop.lat } : null)

function useTimes(tour: Tour) {
  const t = useTexts(words)
  const said = useSaid()
  return ({ arrive_at, windows }: TourStop): string => {
    const within = windows?.length ? ` · ${said(tour.window)} ${hoursOf(windows)}` : ''
    return t('there', { time: time(arrive_at) }) + within
  }
}

function Later({ stop, tour }: { stop: TourStop; tour: Tour }) {
  const said = useSaid()
  const lang = useLang()
  const times = useTimes(tour)
  return (
    <li><b className="pin-mark num">{stop.number}</b>
      <span><b>{said(stop.title ?? stop.place)}</b><span className="hint">{stop.title && `${said(stop.place)} · `}{distanceWords(stop.metres, lang).join(' ')} · {times(stop)}</span></span></li>
  )
}

/** The way begins at the stop before; for the first one where its line begins. */
function Next({ stop, from, tour, worker }: { stop: TourStop; from: Point | null; tour: Tour; worker: Worker }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const times = useTimes(tour)
  const [note, setNote] = useState('')
  const title = said(stop.title ?? stop.place)
  const [first] = stop.way?.line ?? []
  const begin = first ? { lon: first[0], lat: first[1] } : from
  const at = pointOf(stop)
  const say = async (what: Said) => {
    await put(sayParcel(stop, what, note.trim(), worker.id, `${headed(t(what))} · ${title}`))
    sendNow()
  }
  return (
    <section className="card tour-next" aria-labelledby="tour-next">
      <p className="hint">{t('next')} · {times(stop)} · {distanceWords(stop.metres, lang).join(' ')}</p>
      <h2 id="tour-next"><b className="pin-mark num">{stop.number}</b> {title}</h2>
      {stop.title && <p>{said(stop.place)}</p>}
      {!stop.open && <p className="note">{t('closed')}</p>}
      {stop.facts.length > 0 && <dl className="facts">{stop.facts.map((fact) => <div key={said(fact.label)}><dt>{headed(said(fact.label))}</dt><dd><Said text={said(fact.said)} /></dd></div>)}</dl>}
      {stop.open && <Link to={{ page: 'stop', round: tour.key, id: String(stop.record) }} className="button wide">{t('write')}</Link>}
      <label className="field">{t('note')}<input maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} /></label>
      <div className="tour-said">{SAID.map((what) => <button key={what} type="button" className={what === 'done' ? 'button primary big' : 'button'} onClick={() => void say(what)}>{t(what)}</button>)}</div>
      {at && (
        <details open><summary>{t('way')}</summary>
          {!tour.exact && <p className="hint">{t('straight')}</p>}
          {begin && <WayTold from={begin} to={at} way={stop.way} />}
          <a className="button wide" href={`geo:${at.lat},${at.lon}?q=${at.lat},${at.lon}`}>{t('navigate')}</a>
        </details>
      )}
    </section>
  )
}

const TELEPHONE = /^\+?\d{7,13}$/

/** A telephone number is there to be called. */
const Said = ({ text }: { text: string }) => (TELEPHONE.test(text) ? <a href={`tel:${text}`}>{text}</a> : text)

/** Needs the network and the place where the phone is. */
function Again({ tour, onDone }: { tour: Tour; onDone: () => void }) {
  const t = useTexts(words)
  const [told, setTold] = useState('')
  const order = async () => {
    const here = await findHere()
    if (!here) return setTold(t('noHere'))
    const { left } = await api.post<{ left: number }>(`/api/tours/plans/${tour.plan}/again`, { lon: here.lon, lat: here.lat })
    setTold(t('ordered', { n: left }))
    onDone()
  }
  const press = () => void order().catch((error: unknown) => setTold(error instanceof Error ? error.message : String(error)))
  return <p className="tour-again"><button type="button" className="button wide" onClick={press}>{t('again')}</button>{told && <span role="status">{told}</span>}</p>
}

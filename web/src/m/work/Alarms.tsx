/** Somebody calls for help and I was called: on top of everything else, with one large button. */
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { api } from '../../shared/api'
import { spaced } from '../../shared/format'
import { said, texts, useLang, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import '../style/alarms.css'
import { live, useLiveState } from '../../shared/live'
import { findHere } from './useHere'

interface Person { name: string; address: string; phone: string; facts: { label: Text; said: Text }[] }
interface Mine {
  id: number
  title: string
  state: 'told' | 'answered' | 'coming' | 'there'
  place: Text | null
  lon: number | null
  lat: number | null
  raised_at: string
  eta_at: string | null
  walk_s: number | null
  exact: boolean
  asks: Text | null
  is_test: boolean
  coming: number
  person: Person | null
}

/** The stream says at once that something changed; where it is lost the phone asks this often, and else only now and then. */
const LOST_MS = 4_000
const LIVE_MS = 60_000
const AlarmWay = lazy(() => import('./AlarmWay').then((room) => ({ default: room.AlarmWay })))
const MINUTES = [3, 5, 10, 15, 20]
const words = texts({
  title: ['有人求助', 'Somebody calls for help'], since: ['已过 {n} 分钟', '{n} min ago'], walk: ['步行约 {n} 分钟', 'about {n} min on foot'],
  straight: ['（直线估算）', ' (straight line)'], test: ['测试呼叫', 'Test call'],
  answer: ['我来处理', 'I have it'], when: ['几分钟后到？', 'There in how many minutes?'], minutes: ['{n} 分钟', '{n} min'],
  cannot: ['不能前往', 'I cannot come'], arrived: ['我已到场', 'I am there'], code: ['门上代码', 'Code at the door'], codeHelp: ['没有代码时，会用手机定位确认（50 米内）。', 'Without the code, your position is used (within 50 m).'],
  coming: ['还有 {n} 人正在前往', '{n} others are on the way'], eta: ['您预计 {time} 到', 'you are expected at {time}'], there: ['您已到场。处置完成后请告知值守员。', 'You are there. Tell the desk when it is done.'],
  call: ['打电话', 'Call'], maps: ['手机导航', "Phone's maps"], noPerson: ['应答后显示姓名、住址和注意事项。', 'Name, address and what to mind are shown once you answer.'],
  lost: ['手机连不上平台，请直接拨打值守电话。', 'The platform cannot be reached; call the desk.'],
})

export function Alarms() {
  const t = useTexts(words)
  const { rows, trouble, again } = useMine()
  if (!rows.length) return trouble ? <p className="note" role="status">{t('lost')}</p> : null
  return <>{rows.map((row) => <AlarmCard key={row.id} row={row} onDone={again} />)}</>
}

/** Asked when the stream says so while the page is open; asking is the receipt that this phone has it. */
function useMine() {
  const [rows, setRows] = useState<Mine[]>([])
  const [trouble, setTrouble] = useState(false)
  const again = useCallback(() => {
    if (document.hidden) return
    api.get<{ rows: Mine[] }>('/api/alarms/mine').then((found) => { setRows(found.rows); setTrouble(false) }, () => setTrouble(true))
  }, [])
  useEffect(() => {
    const stops = [live.onTopic('alarms.rescuecall', again), live.onReset(again)]
    document.addEventListener('visibilitychange', again)
    return () => {
      stops.forEach((stop) => stop())
      document.removeEventListener('visibilitychange', again)
    }
  }, [again])
  const isLive = useLiveState() === 'live'
  useEffect(() => {
    again()
    const timer = setInterval(again, isLive ? LIVE_MS : LOST_MS)
    return () => clearInterval(timer)
  }, [again, isLive])
  const fresh = rows.some(({ state }) => state === 'told')
  useEffect(() => {
    if (fresh && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([400, 150, 400]) // browsers refuse it before the first touch
  }, [fresh])
  return { rows, trouble: trouble && rows.length > 0, again }
}

const minutesSince = (moment: string): number => Math.max(0, Math.floor((Date.now() - Date.parse(moment)) / 60_000))
const timeOf = (moment: string): string => new Date(moment).toLocaleTimeString('sv-SE', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })

function AlarmCard({ row, onDone }: { row: Mine; onDone: () => void }) {
  const t = useTexts(words)
  const lang = useLang()
  return (
    <section className="card alarm" data-state={row.state} aria-labelledby={`alarm-${row.id}`} aria-live="assertive">
      <h2 id={`alarm-${row.id}`}>{row.is_test ? t('test') : t('title')}</h2>
      <p className="alarm-title">{row.title}</p>
      <p>{[said(row.place, lang), t('since', { n: minutesSince(row.raised_at) }), row.walk_s === null ? '' : t('walk', { n: Math.ceil(row.walk_s / 60) }) + (row.exact ? '' : t('straight'))].filter(Boolean).map(spaced).join(' · ')}</p>
      {row.asks && <p className="alarm-asks">{said(row.asks, lang)}</p>}
      {row.coming > 0 && <p className="hint">{t('coming', { n: row.coming })}</p>}
      <Whom row={row} />
      <Buttons row={row} onDone={onDone} />
    </section>
  )
}

function Whom({ row }: { row: Mine }) {
  const t = useTexts(words)
  const lang = useLang()
  const { person } = row
  return (
    <>
      {person ? (
        <dl className="alarm-facts">
          <div><dt>{person.name}</dt><dd>{person.address}</dd></div>
          {person.facts.map((fact, index) => <div key={index}><dt>{said(fact.label, lang)}</dt><dd>{said(fact.said, lang)}</dd></div>)}
        </dl>
      ) : row.state === 'told' && <p className="hint">{t('noPerson')}</p>}
      <p className="alarm-ways">
        {person?.phone && <a className="button" href={`tel:${person.phone}`}>{t('call')}</a>}
        {row.lat !== null && row.lon !== null && <a className="button" href={`geo:${row.lat},${row.lon}?q=${row.lat},${row.lon}`}>{t('maps')}</a>}
      </p>
      {row.lat !== null && row.lon !== null && row.state !== 'there' && <Suspense><AlarmWay to={{ lon: row.lon, lat: row.lat }} open={row.state !== 'told'} /></Suspense>}
    </>
  )
}

function Buttons({ row, onDone }: { row: Mine; onDone: () => void }) {
  const t = useTexts(words)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState('')
  const say = (what: string, body: object) =>
    void api.post(`/api/alarms/calls/${row.id}/${what}`, body).then(() => { setProblem(''); onDone() }, (error: unknown) => setProblem(told(error)))
  const arrive = async () => {
    const here = code ? null : await findHere()
    say('arrive', { code, ...(here ? { lon: here.lon, lat: here.lat } : {}) })
  }
  if (row.state === 'there') return <p className="note">{t('there')}</p>
  // Above the button that was pressed: below it the screen of a phone has ended.
  const fault = problem && <p className="error" role="alert">{problem}</p>
  return (
    <div className="alarm-acts">
      {row.state === 'told' && fault}
      {row.state === 'told' && <button type="button" className="alarm-button" onClick={() => say('answer', {})}>{t('answer')}</button>}
      {row.state !== 'told' && (
        <>
          <p>{row.eta_at ? t('eta', { time: timeOf(row.eta_at) }) : t('when')}</p>
          <div className="chips" role="group" aria-label={t('when')}>{MINUTES.map((n) => <button key={n} type="button" onClick={() => say('answer', { minutes: n })}>{t('minutes', { n })}</button>)}</div>
          <label className="alarm-code">{t('code')} <input value={code} maxLength={20} autoCapitalize="characters" onChange={(event) => setCode(event.target.value)} /></label>
          <p className="hint">{t('codeHelp')}</p>
          {fault}
          <button type="button" className="alarm-button" onClick={() => void arrive()}>{t('arrived')}</button>
        </>
      )}
      <button type="button" className="button" onClick={() => say('decline', {})}>{t('cannot')}</button>
    </div>
  )
}

const told = (error: unknown): string => (error instanceof Error ? error.message : String(error))

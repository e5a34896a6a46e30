/** One of what is near: what it is, when it is open, who saw it, the way in words, and what is wrong with it. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import type { Text } from '../../shared/spec'
import '../style/cases.css'
import '../style/nearby.css'
import { useKept } from '../data/kept'
import { wayPath, type Around, type Fact, type Outlet, type Way } from '../data/nearby'
import { useWaiting, Waiting } from '../mine/Waiting'
import { Loading } from '../parts/Loading'
import { Provenance } from '../parts/Provenance'
import { ReadAloud } from '../parts/ReadAloud'
import { GroundMap } from '../place/GroundMap'
import { distance_m, type Point } from '../place/shapes'
import { AskForm } from './AskForm'
import { minutesOf } from './finding'
import type { From } from './from'
import { useOwnFact, useSeen } from './OutletRow'
import { laneOf } from './sending'
import { Standing } from './Standing'
import { useAround } from './useAround'
import { useNow } from './useNow'

const words = texts({
  away: ['步行 {n} 分钟，{m} 米', '{n} min on foot, {m} m'], straight: ['约 {n} 分钟（按直线 {m} 米估算）', 'about {n} min ({m} m in a straight line)'],
  hours: ['营业时间', 'Hours'], seen: ['核实', 'Seen'], yes: ['是', 'yes'], no: ['否', 'no'],
  way: ['怎么走', 'The way'], map: ['从{name}走过去的路线示意图', 'Sketch of the way from {name}'],
  wrong: ['停业、搬走、信息不对？', 'Closed, moved, or wrong?'], thanks: ['谢谢。工作人员会到现场核实，核实前登记不变。', 'Thank you. Somebody will look; until then the register stays as it is.'],
  gone: ['这一家不在您选的位置 15 分钟步行范围内，或已不在登记里。', 'This one is not within 15 minutes of your place, or no longer registered.'], first: ['请先选好位置。', 'Choose a place first.'],
})

export function OutletPage({ of, id }: { of: string; id: number }) {
  const t = useTexts(words)
  const { from, answer } = useAround(of)
  if (!from) return <p className="note">{t('first')}</p>
  return (
    <Loading answer={answer} lines={6}>
      {(around) => {
        const outlet = around.rows.find((row) => row.id === id)
        return outlet ? <One around={around} outlet={outlet} from={from} again={answer.again} /> : <p className="note">{t('gone')}</p>
      }}
    </Loading>
  )
}

interface OneProps { around: Around; outlet: Outlet; from: From; again: () => void }

function One({ around, outlet, from, again }: OneProps) {
  const said = useSaid()
  return (
    <>
      <section className="card project-head">
        <h2>{outlet.title}</h2>
        <p className="hint">{said(around.kinds.find(({ key }) => key === outlet.kind)?.label)}</p>
        <Standing around={around} hours={outlet.hours} now={useNow()} />
        {outlet.doubt && <p className="doubt">{said(outlet.doubt)}</p>}
        <Facts around={around} outlet={outlet} />
        <Provenance asOf={around.as_of} origin={around.origin} quality={around.quality} />
      </section>
      <WayThere around={around} outlet={outlet} from={from} />
      <Wrong around={around} outlet={outlet} again={again} />
    </>
  )
}

function Facts({ around, outlet }: { around: Around; outlet: Outlet }) {
  const t = useTexts(words)
  const said = useSaid()
  const seen = useSeen()
  const own = useOwnFact(around)
  const valueOf = ({ name, kind, options }: Fact): Text => {
    const value = outlet.facts[name]
    if (kind === 'flag') return t(value ? 'yes' : 'no')
    return options[String(value)] ?? String(value)
  }
  const rows: [Text, Text][] = [
    ...(outlet.hours ? [[t('hours'), outlet.hours] as [Text, Text]] : []),
    ...(own ? [own(outlet) as [Text, Text]] : []),
    ...around.fields.filter(({ name }) => outlet.facts[name] !== undefined && !(own && name === around.walker)).map((fact): [Text, Text] => [fact.label, valueOf(fact)]),
    [t('seen'), seen(outlet)],
  ]
  return <dl className="facts">{rows.map(([label, value]) => <div key={said(label)}><dt>{said(label)}</dt><dd>{said(value)}</dd></div>)}</dl>
}

const middleOf = (a: Point, b: Point): Point => ({ lon: (a.lon + b.lon) / 2, lat: (a.lat + b.lat) / 2 })

function WayThere({ around, outlet, from }: Omit<OneProps, 'again'>) {
  const t = useTexts(words)
  const said = useSaid()
  const path = around.walkers.find(({ key }) => key === around.walker)?.path ?? around.walker
  const way = useKept<Way>(wayPath(around.key, outlet.id, from, path))
  const line = way.body?.line.map(([lon, lat]) => ({ lon, lat }))
  const away = t(outlet.exact ? 'away' : 'straight', { n: minutesOf(outlet.seconds), m: outlet.metres })
  return (
    <section className="card" aria-labelledby="way-title">
      <h2 id="way-title">{t('way')}</h2>
      <p>{away}</p>
      <GroundMap center={middleOf(from, outlet)} width_m={Math.max(300, 2 * distance_m(from, outlet))} label={t('map', { name: from.name })} {...(line ? { line } : {})}
        marks={[{ key: 'here', at: from, label: '', tone: 'here' }, { key: 'there', at: outlet, label: '', tone: 'pin' }]} />
      {outlet.exact && <Loading answer={way}>{({ steps }) => (
        <>
          <ol className="way-steps">{steps.map((step, index) => <li key={index}>{said(step.text)}</li>)}</ol>
          <ReadAloud text={joined('stop', [away, ...steps.map(({ text }) => said(text))])} />
        </>
      )}</Loading>}
    </section>
  )
}

function Wrong({ around, outlet, again }: Pick<OneProps, 'around' | 'outlet' | 'again'>) {
  const t = useTexts(words)
  const [open, setOpen] = useState(false)
  const [sent, setSent] = useState(false)
  const lane = laneOf('report', outlet.id)
  const waiting = useWaiting('voice', lane, again)
  const { report } = around.asks
  if (!report) return null
  return (
    <>
      <Waiting parcels={waiting} />
      {sent && <p className="note" role="status">{t('thanks')}</p>}
      {!open && !sent && <button type="button" className="button wide" onClick={() => setOpen(true)}>{t('wrong')}</button>}
      {open && <AskForm ask={report} known={{ record: outlet.id }} subject={() => outlet.title} lane={lane} onSent={() => { setOpen(false); setSent(true) }} />}
    </>
  )
}

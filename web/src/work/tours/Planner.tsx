/** One kind of round on one day: choose, plan, put right by hand, keep and hand out. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { bracketed, joined } from '../../shared/joined'
import { Skeleton } from '../../shared/States'
import { tell } from '../parts/notice'
import { tellFailed } from '../alarms/told'
import { handOut, keep, paperOf, planned, type Locks, type Order, type Plan, type Tour } from './api'
import { Choosing } from './Choosing'
import { Before } from './Before'
import { clock, fartherPct, isClosed, kilometres, minutesOf, orderOf } from './moving'
import { Rounds } from './Rounds'
import { tourWords, useSpan } from './words'

const TourMap = lazy(() => import('./TourMap'))
const MOST_STOPS = 200

export function Planner({ tour }: { tour: Tour }) {
  const [stops, setStops] = useState(() => new Set(tour.stops.filter((stop) => !isClosed(stop)).slice(0, MOST_STOPS).map(({ record }) => record)))
  const [people, setPeople] = useState(() => firstOf(tour))
  const [locks, setLocks] = useState<Locks>({})
  const work = usePlan(tour, [...stops], [...people], locks)
  return (
    <div className="tours">
      <Choosing tour={tour} stops={stops} onStops={setStops} people={people} onPeople={setPeople} />
      <section className="tours-middle">
        <Bar tour={tour} work={work} isReady={stops.size > 0 && people.size > 0} hasLocks={Object.keys(locks).length > 0} />
        <Suspense fallback={<Skeleton lines={10} />}><TourMap tour={tour} stops={stops} people={people} plan={work.plan} /></Suspense>
      </section>
      {!work.plan && <Before tour={tour} stops={stops} people={people} />}
      <Rounds tour={tour} plan={work.plan} onOrder={(order, next) => void work.time(order).then((took) => took && setLocks(next))} locks={locks} onLocks={setLocks} />
    </div>
  )
}

export interface Work {
  plan: Plan | null
  isBusy: boolean
  isByHand: boolean
  kept: number | null
  isOut: boolean
  search: () => Promise<boolean>
  /** Whether the order was taken: somebody may be sent only to what is theirs. */
  time: (order: Order) => Promise<boolean>
  save: () => Promise<boolean>
  give: () => Promise<boolean>
}

/** The plan of the moment; whatever changes it makes what was kept an older one. */
/** Those on duty are chosen to begin with; where nobody is, or no roster is kept, everybody who has a place to start from. */
function firstOf(tour: Tour): Set<number> {
  const ready = tour.people.filter(({ start }) => start)
  const onDuty = ready.filter(({ duty }) => duty)
  return new Set((onDuty.length ? onDuty : ready).map(({ account }) => account))
}

function usePlan(tour: Tour, stops: number[], people: number[], locks: Locks): Work {
  const t = useTexts(tourWords)
  const [plan, setPlan] = useState<Plan | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [isByHand, setByHand] = useState(false)
  const [kept, setKept] = useState<number | null>(null)
  const [isOut, setOut] = useState(false)
  const chosen = { day: tour.day, stops, people, locks }
  const busy = async (what: () => Promise<void>) => {
    setBusy(true)
    const took = await what().then(() => true, (error: unknown) => (tellFailed(error), false))
    setBusy(false)
    return took
  }
  const ask = (order?: Order) => busy(async () => {
    setPlan(await planned(tour.key, order ? { ...chosen, order } : chosen))
    setByHand(Boolean(order))
    setKept(null)
    setOut(false)
  })
  const save = () => busy(async () => {
    if (!plan) return
    const { id } = await keep(tour.key, { ...chosen, order: orderOf(plan) })
    setKept(id)
    tell('done', t('kept', { n: id }))
  })
  const give = () => busy(async () => {
    if (kept === null) return
    await handOut(kept)
    setOut(true)
    tell('done', t('handed'))
  })
  return { plan, isBusy, isByHand, kept, isOut, search: () => ask(), time: (order) => ask(order), save, give }
}

function Bar({ tour, work, isReady, hasLocks }: { tour: Tour; work: Work; isReady: boolean; hasLocks: boolean }) {
  const t = useTexts(tourWords)
  const said = useSaid()
  const { plan, isBusy, isByHand, kept, isOut } = work
  const terms = t('shift', { from: clock(tour.begins_s), to: clock(tour.ends_s), n: minutesOf(tour.stay_s) })
  const broken = plan?.rounds.some((round) => !round.fits) ?? false
  return (
    <div className="tours-bar sheet">
      <div className="row">
        <Button type="primary" loading={isBusy} disabled={!isReady} onClick={() => void work.search()}>{t(plan && hasLocks ? 'again' : 'plan')}</Button>
        {plan && <Button disabled={isBusy || kept !== null} onClick={() => void work.save()}>{t('keep')}</Button>}
        {kept !== null && <Button disabled={isBusy || isOut || broken} onClick={() => void work.give()}>{t('hand')}</Button>}
        {kept !== null && <a className="desk-link" href={paperOf(kept)} target="_blank" rel="noreferrer">{t('print')}</a>}
        {kept !== null && <span className="meta">{t('kept', { n: kept })}{isOut && ` · ${t('handed')}`}</span>}
        {broken && <span className="tours-bad">{t('fix')}</span>}
      </div>
      <p className="meta">{joined('comma', [terms, tour.capacity === null ? '' : t('carries', { n: tour.capacity })])}{bracketed(said(tour.basis))}</p>
      <div role="status">
        {isBusy ? <p>{t('planning')}</p> : plan ? <Sum plan={plan} /> : <p>{t('begin')}</p>}
        {plan?.note && <p className="tours-bad">{said(plan.note)}</p>}
        {isByHand && <p className="meta">{t('changed')}</p>}
      </div>
    </div>
  )
}

function Sum({ plan: { total, crow } }: { plan: Plan }) {
  const t = useTexts(tourWords)
  const time = useSpan()(total.walk_s)
  const pct = fartherPct(total.metres, crow.metres)
  return (
    <p>
      <b>{t('sum', { n: total.stops, km: kilometres(total.metres), time })}</b>{' '}
      <span className="meta">{pct > 0 ? t('crow', { km: kilometres(crow.metres), pct }) : t('crowLess', { km: kilometres(crow.metres) })}</span>
    </p>
  )
}

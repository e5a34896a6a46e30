/** 我的工作: what I have to do outside, in the order of the way or of what is due, with what waits on the phone always in view. */
import { useEffect, useMemo, useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { useKept } from '../data/kept'
import { workOf, type Work } from '../data/work'
import { sendNow } from '../outbox/keepSending'
import { onReturn } from '../device/reach'
import { Loading, refusal } from '../parts/Loading'
import '../style/cases.css'
import '../style/work.css'
import { Alarms } from './Alarms'
import { refreshWorker, signOut, useWorker, type Worker } from './account'
import { CardRow } from './CardRow'
import { Patrol } from './Patrol'
import { Queue } from './Queue'
import { RoundList } from './RoundList'
import { cardErrand, type Order } from './route'
import { SignIn } from './SignIn'
import { Told } from './Told'
import { TourLink } from '../tour/TourLink'
import { findHere, useHere } from './useHere'
import { useOrdered } from './useOrdered'

const words = texts({
  who: ['{name} 的工作', 'Work of {name}'],
  leave: ['退出登录', 'Sign out'],
  leaveWhy: ['退出后，这部手机上不再留有案件、照片和联系方式；您写好待发送的内容会锁在手机里，再登录才发出。', 'Signing out takes cases, photos and contacts off this phone; what you wrote stays locked and is sent after you sign in again.'],
  order: ['排序', 'Order'], due: ['先到期的在前', 'Due first'], route: ['按路线', 'By route'],
  straight: ['从您现在的位置起，按直线距离一站一站排，不是道路距离。', 'From where you stand, stop by stop in a straight line; not by road.'],
  walked: ['从您现在的位置起，按步行路网排出少走路的先后。', 'From where you stand, in the order of a short walk over the streets.'],
  noPlace: ['手机没有给出位置，先按时限排。', 'The phone gave no position; sorted by what is due.'],
  none: ['现在没有要办的案件。', 'No case to handle now.'],
  more: ['还有更多，请在工作台查看。', 'There is more; see the desk.'],
})

export function WorkPage() {
  const { worker, asked } = useWorker()
  useEffect(() => {
    void refreshWorker().then(sendNow)
    return onReturn(() => void refreshWorker())
  }, [])
  if (!worker) return asked ? <SignIn /> : <Skeleton lines={4} height="3.5rem" />
  return <Mine key={worker.id} worker={worker} />
}

function Mine({ worker }: { worker: Worker }) {
  const t = useTexts(words)
  const work = useKept<Work>(workOf(worker.id))
  return (
    <>
      <Alarms />
      <TourLink worker={worker} />
      <Queue worker={worker} onArrived={work.again} />
      {work.body?.patrols !== false && !refusal(work.error) && <Patrol worker={worker} />}
      <Loading answer={work} lines={5}>{(body) => <Lists work={body} worker={worker} />}</Loading>
      <Told />
      <section className="card">
        <p className="hint">{t('leaveWhy')}</p>
        <button type="button" className="button" onClick={() => void signOut()}>{t('leave')}</button>
      </section>
    </>
  )
}

/** Cases and rounds, each a section, all in the one order that was chosen. */
function Lists({ work, worker }: { work: Work; worker: Worker }) {
  const t = useTexts(words)
  const here = useHere((state) => state.here)
  const [order, setOrder] = useState<Order>('due')
  const { cards, rounds = [], patrols = true } = work
  const { legs, isWalked } = useOrdered(useMemo(() => cards.map(cardErrand), [cards]), order, here)
  const isEmpty = !cards.length && rounds.every(({ stops }) => !stops.length)
  const isRoute = order === 'route' && here !== null
  return (
    <>
      <section className="card" aria-labelledby="work-title">
        <header><h2 id="work-title">{t('who', { name: worker.name })}</h2></header>
        {!isEmpty && <Orders order={order} onOrder={setOrder} isWalked={isWalked} />}
        {!cards.length && patrols && <p className="note">{t('none')}</p>}
        <ol className="work-list">{legs.map((leg, index) => <CardRow key={leg.of.case.id} leg={leg} number={isRoute ? index + 1 : null} work={work} />)}</ol>
        {work.more && <p className="hint">{t('more')}</p>}
      </section>
      {rounds.map((round) => <RoundList key={round.key} round={round} order={order} />)}
    </>
  )
}

function Orders({ order, onOrder, isWalked }: { order: Order; onOrder: (order: Order) => void; isWalked: boolean }) {
  const t = useTexts(words)
  const { here, trouble } = useHere()
  const choose = (wanted: Order) => {
    onOrder(wanted)
    if (wanted === 'route') void findHere()
  }
  return (
    <>
      <div className="chips" role="group" aria-label={t('order')}>
        {(['due', 'route'] as const).map((key) => <button key={key} type="button" aria-pressed={order === key} onClick={() => choose(key)}>{t(key)}</button>)}
      </div>
      {order === 'route' && <p className="hint" role="status">{t(isWalked ? 'walked' : here || !trouble ? 'straight' : 'noPlace')}</p>}
    </>
  )
}

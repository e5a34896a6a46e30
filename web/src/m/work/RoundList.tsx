/** One round that falls due outside, such as visits: its own section, in the order that was chosen for the day. */
import { useMemo } from 'react'
import { dayOf, today } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import { headed } from '../../shared/joined'
import type { Round, Stop } from '../data/work'
import { distanceWords } from '../near/distance'
import { useParcels } from '../outbox/useParcels'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { stopLane } from './acting'
import { stopErrand, type Leg, type Order } from './route'
import { useHere } from './useHere'
import { useOrdered } from './useOrdered'

const words = texts({
  count: ['到期 {n} 处', '{n} due'],
  none: ['今天没有到期的。', 'Nothing is due today.'],
  today: ['今天到期', 'Due today'], late: ['{day} 已到期', 'Due since {day}'],
  noPoint: ['没有标出位置', 'no point'], straight: ['按直线距离', 'by straight line'], walked: ['按步行路网', 'by the walk over the streets'],
  waits: ['已写好，在手机里待发送', 'Written, waiting on the phone'],
})

export function RoundList({ round, order }: { round: Round; order: Order }) {
  const t = useTexts(words)
  const said = useSaid()
  const here = useHere((state) => state.here)
  const { legs, isWalked } = useOrdered(useMemo(() => round.stops.map(stopErrand), [round.stops]), order, here)
  const isRoute = order === 'route' && here !== null && legs.length > 0
  const title = `round-${round.key}`
  return (
    <section className="card" aria-labelledby={title}>
      <header><h2 id={title}>{headed(said(round.label))}</h2>{legs.length > 0 && <span className="hint num">{t('count', { n: legs.length })}</span>}</header>
      {!legs.length && <p className="note">{t('none')}</p>}
      {isRoute && <p className="hint">{t(isWalked ? 'walked' : 'straight')}</p>}
      <ol className="work-list">{legs.map((leg, index) => <Row key={leg.of.record} round={round} leg={leg} number={isRoute ? index + 1 : null} />)}</ol>
    </section>
  )
}

function Row({ round, leg: { of: stop, at, leg_m }, number }: { round: Round; leg: Leg<Stop>; number: number | null }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const waits = useParcels().some(({ lane, state }) => lane === stopLane(round, stop) && state !== 'sent')
  const isLate = stop.due_on < today()
  return (
    <li>
      <Link to={{ page: 'stop', round: round.key, id: String(stop.record) }} className="my-case">
        {number !== null && <span className="pin-mark num">{number}</span>}
        <span className="my-case-text">
          <b>{said(stop.title)}</b>
          <span className="hint">{said(stop.place)}{leg_m !== null ? ` · ${distanceWords(leg_m, lang).join(' ')}` : at ? '' : ` · ${t('noPoint')}`}</span>
          <span className="work-state"><em className="stage" data-late={isLate || undefined}>{isLate ? t('late', { day: dayOf(stop.due_on) }) : t('today')}</em></span>
          {waits && <span className="waits">{t('waits')}</span>}
        </span>
        <Icon name="forward" />
      </Link>
    </li>
  )
}

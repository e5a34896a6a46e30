import { dayOf, time } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import { titleOf, type Card, type Work } from '../data/work'
import { distanceWords } from '../near/distance'
import { useParcels } from '../outbox/useParcels'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { laneOf } from './acting'
import type { Leg } from './route'

const words = texts({
  due: ['{day} {time} 前', 'by {time} on {day}'], late: ['已超时', 'Late'], noDue: ['没有时限', 'No limit'],
  waits: ['手机里有 {n} 步待发送', '{n} steps wait on the phone'],
  noPoint: ['没有标出位置', 'no point'],
})

export function CardRow({ leg: { of: card, at, leg_m }, number, work }: { leg: Leg<Card>; number: number | null; work: Work }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const waiting = useParcels().filter((parcel) => parcel.lane === laneOf(card) && parcel.state !== 'sent').length
  const { due_at, breached, address, place__label, state, urgency } = card.case
  const stateWord = said(card.task ? work.task_dict['state']?.[card.task.state] : work.dict['state']?.[state])
  const when = breached ? t('late') : due_at ? t('due', { day: dayOf(due_at), time: time(due_at) }) : t('noDue')
  return (
    <li>
      <Link to={{ page: 'card', id: String(card.case.id) }} className="my-case">
        {number !== null && <span className="pin-mark num">{number}</span>}
        <span className="my-case-text">
          <b>{titleOf(card.case, lang)}</b>
          <span className="hint">{address || said(place__label)}{leg_m !== null ? ` · ${distanceWords(leg_m, lang).join(' ')}` : at ? '' : ` · ${t('noPoint')}`}</span>
          <span className="work-state"><em className="stage" data-late={breached || undefined}>{when}</em>{urgency !== 'normal' && <em className="stage" data-late>{said(work.dict['urgency']?.[urgency])}</em>}<span className="hint">{stateWord}</span></span>
          {waiting > 0 && <span className="waits">{t('waits', { n: waiting })}</span>}
        </span>
        <Icon name="forward" />
      </Link>
    </li>
  )
}

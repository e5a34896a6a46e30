/** One of what is near: minutes on foot first, what it is, whether it is open, who saw it when. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { dayOf } from '../../shared/format'
import type { Around, Outlet } from '../data/nearby'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { minutesOf } from './finding'
import { Standing } from './Standing'

const words = texts({
  minutes: ['分钟', 'min'], about: ['约', 'about'],
  seen: ['{who}{day} 核实', 'seen by {who}, {day}'], somebody: ['工作人员 ', 'staff'], unseen: ['还没有人核实过', 'not yet seen by anybody'],
})

export function useSeen(): (outlet: Outlet) => string {
  const t = useTexts(words)
  const said = useSaid()
  return ({ seen_on, seen_as }) => (seen_on ? t('seen', { who: said(seen_as) ? `${said(seen_as)} ` : t('somebody'), day: dayOf(seen_on) }) : t('unseen'))
}

interface Props { around: Around; outlet: Outlet; mark: number | null; now: number }

export function OutletRow({ around, outlet, mark, now }: Props) {
  const t = useTexts(words)
  const said = useSaid()
  const seen = useSeen()
  const kind = said(around.kinds.find(({ key }) => key === outlet.kind)?.label)
  return (
    <li className="site">
      <Link to={{ page: 'outlet', of: around.key, id: String(outlet.id) }}>
        <span className="site-away">
          {mark !== null && <b className="pin-mark num" aria-hidden="true">{mark}</b>}
          <span>{!outlet.exact && <small>{t('about')} </small>}<b className="num">{minutesOf(outlet.seconds)}</b> {t('minutes')}</span>
        </span>
        <span className="site-text">
          <b className="site-title">{outlet.title}</b>
          <span className="site-place">{joined('comma', [kind, String(outlet.facts['address'] ?? '')])}</span>
          <Standing around={around} hours={outlet.hours} now={now} />
          {outlet.doubt ? <span className="doubt">{said(outlet.doubt)}</span> : <span className="as-of">{seen(outlet)}</span>}
        </span>
        <Icon name="forward" />
      </Link>
    </li>
  )
}

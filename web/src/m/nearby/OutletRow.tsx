/** One of what is near: minutes on foot first, what it is, whether it is open, who saw it when. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { headed, joined } from '../../shared/joined'
import { dayOf } from '../../shared/format'
import type { Text } from '../../shared/spec'
import type { Around, Outlet } from '../data/nearby'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { minutesOf } from './finding'
import { Standing } from './Standing'

const words = texts({
  minutes: ['分钟', 'min'], about: ['约', 'about'],
  seen: ['{who}{day} 核实', 'seen by {who}, {day}'], somebody: ['工作人员 ', 'staff'], unseen: ['还没有人核实过', 'not yet seen by anybody'], unsaid: ['没有登记', 'not registered'],
})

export function useSeen(): (outlet: Outlet) => string {
  const t = useTexts(words)
  const said = useSaid()
  return ({ seen_on, seen_as }) => (seen_on ? t('seen', { who: said(seen_as) ? `${said(seen_as)} ` : t('somebody'), day: dayOf(seen_on) }) : t('unseen'))
}

/** What a walker must know of it: the fact that is called like them, also where nobody has said it. */
export function useOwnFact(around: Around): ((outlet: Outlet) => [label: Text, said: string]) | null {
  const t = useTexts(words)
  const said = useSaid()
  const own = around.fields.find(({ name }) => name === around.walker)
  if (!own) return null
  return ({ facts: { [own.name]: value } }) => [own.label, value === undefined ? t('unsaid') : said(own.options[String(value)] ?? String(value))]
}

interface Props { around: Around; outlet: Outlet; mark: number | null; now: number }

export function OutletRow({ around, outlet, mark, now }: Props) {
  const t = useTexts(words)
  const said = useSaid()
  const seen = useSeen()
  const own = useOwnFact(around)?.(outlet)
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
          {own && <span className="site-place">{joined('colon', [headed(said(own[0])), own[1]])}</span>}
          {outlet.doubt ? <span className="doubt">{said(outlet.doubt)}</span> : <span className="as-of">{seen(outlet)}</span>}
        </span>
        <Icon name="forward" />
      </Link>
    </li>
  )
}

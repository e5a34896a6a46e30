import { date } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import type { Site } from '../data/projects'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { Progress } from '../parts/Progress'
import { StatusChip } from '../parts/StatusChip'
import { distanceWords } from './distance'
import type { Away } from './order'

const words = texts({
  asOf: ['截至 {day}', 'as of {day}'],
  away: ['离我 {distance}', '{distance} away'],
  unplaced: ['地点未定', 'no place yet'],
})

/** One project in the list: its number on the map, how far, what, where, and how it stands. */
export function SiteRow({ site, mark, picked }: { site: Away<Site>; mark: number | null; picked: boolean }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const away = site.away_m === null ? null : distanceWords(site.away_m, lang)
  const place = said(site.placeName) || t('unplaced')
  return (
    <li className="site" data-picked={picked || undefined}>
      <Link to={{ page: 'project', id: site.task }}>
        <span className="site-away">
          {mark !== null && <b className="pin-mark num" aria-hidden="true">{mark}</b>}
          {away && <span><b className="num">{away[0]}</b> {away[1]}</span>}
        </span>
        <span className="site-text">
          <b className="site-title">{said(site.title)}</b>
          <span className="site-place">{place}</span>
          {said(site.target) && <span className="site-target">{said(site.target)}</span>}
          <Progress share={site.share} done={site.status === 'done'} />
          <span className="site-state"><StatusChip status={site.status} />{site.asOf && <span className="as-of">{t('asOf', { day: date(site.asOf, lang) })}</span>}</span>
        </span>
        <Icon name="forward" />
      </Link>
    </li>
  )
}

/** "I am standing here": first the question which project is meant, nearest first. */
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import { useKept } from '../data/kept'
import { SITES, sitesOf, type LayerAnswer, type Site, type SiteProperties } from '../data/projects'
import { AskPlace } from '../near/AskPlace'
import { distanceWords } from '../near/distance'
import { byDistance } from '../near/order'
import { Link } from '../parts/Link'
import { Loading } from '../parts/Loading'
import { StatusChip } from '../parts/StatusChip'
import { useHome, type Home } from '../place/home'

const words = texts({ away: ['离我 {distance}', '{distance} away'], all: ['不在这里？看全部项目', 'Not here? See all projects'] })
const OFFERED = 8

/** A project with several places is asked about once, at its nearest place. */
export function nearestPerTask<T extends { task: string }>(sites: readonly T[]): T[] {
  const seen = new Set<string>()
  return sites.filter(({ task }) => !seen.has(task) && seen.add(task))
}

export function PickPage() {
  const t = useTexts(words)
  const home = useHome()
  const layer = useKept<LayerAnswer<SiteProperties>>(SITES)
  return (
    <>
      {!home && <AskPlace />}
      <section className="card">
        <Loading answer={layer} lines={6}>{(body) => <Offers sites={sitesOf(body)} home={home} />}</Loading>
        <Link to={{ page: 'programme' }} className="button wide">{t('all')}</Link>
      </section>
    </>
  )
}

function Offers({ sites, home }: { sites: Site[]; home: Home | null }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  return (
    <ul className="choices single">
      {nearestPerTask(byDistance(sites, home)).slice(0, OFFERED).map((site) => (
        <li key={site.key}>
          <Link to={{ page: 'say', id: site.task }} className="choice">
            <b>{said(site.title)}</b>
            <span>{said(site.placeName)}{site.away_m !== null && ` · ${t('away', { distance: distanceWords(site.away_m, lang).join(' ') })}`}</span>
            <StatusChip status={site.status} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Home: the livelihood projects near the place that the reader calls theirs. */
import { lazy, Suspense, useMemo, useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { useLook } from '../../shared/theme'
import { useKept } from '../data/kept'
import { TASKS, type Envelope, type Task } from '../data/programme'
import { SITES, sitesOf, type LayerAnswer, type Site, type SiteProperties } from '../data/projects'
import { Loading } from '../parts/Loading'
import { Provenance } from '../parts/Provenance'
import { useHome, type Home } from '../place/home'
import { Actions } from './Actions'
import { AskPlace } from './AskPlace'
import { Filters } from './Filters'
import { byDistance, matching, NUMBERED, type Away, type Wanted } from './order'
import { SiteRow } from './SiteRow'
import { Unplaced } from './Unplaced'

const SiteMap = lazy(() => import('./SiteMap').then((room) => ({ default: room.SiteMap })))

const words = texts({
  title: ['家门口的民生工程', 'Livelihood projects near me'],
  near: ['离我最近的在前，按直线距离', 'Nearest first, in a straight line'],
  all: ['全区的地点；选好位置后按远近排列', 'All places; choose yours to sort by distance'],
  none: ['标了地点的项目里没有符合条件的。', 'No project with a place fits these filters.'],
  empty: ['目前没有公布了具体地点的项目。', 'No project with a published place yet.'],
  more: ['再看 {count} 个', 'Show {count} more'],
})

const STEP = 9
const ELDER_STEP = 4

export function Near() {
  const t = useTexts(words)
  const home = useHome()
  const layer = useKept<LayerAnswer<SiteProperties>>(SITES)
  return (
    <div className="near-page">
      <Actions />
      {!home && <AskPlace />}
      <section className="card near" aria-labelledby="near-title">
        <h1 id="near-title">{t('title')}</h1>
        <p className="hint">{t(home ? 'near' : 'all')}</p>
        <Loading answer={layer} lines={6}>
          {(body) => (
            <>
              <Nearby sites={sitesOf(body)} home={home} />
              <Provenance asOf={body.as_of} origin={body.origin} quality={body.quality} />
            </>
          )}
        </Loading>
      </section>
    </div>
  )
}

function Nearby({ sites, home }: { sites: Site[]; home: Home | null }) {
  const t = useTexts(words)
  const elder = useLook((look) => look.elder) !== null
  const [wanted, setWanted] = useState<Wanted>({ category: '', status: '' })
  const [picked, setPicked] = useState<string | null>(null)
  const statuses = useKept<Envelope<Task>>(TASKS).body?.rows
  const present = useMemo(() => new Set([...sites, ...(statuses ?? [])].map((one) => one.status)), [sites, statuses])
  const ordered = useMemo(() => byDistance(matching(sites, wanted), home), [sites, wanted, home])
  return (
    <>
      <Filters wanted={wanted} present={present} onChange={setWanted} />
      <div className="near-body">
        {home && !elder && <Suspense fallback={<div className="map" />}><SiteMap home={home} sites={ordered} picked={picked} onPick={setPicked} /></Suspense>}
        {ordered.length === 0 ? <p className="note">{t(sites.length ? 'none' : 'empty')}</p> : (
          <SiteList key={`${wanted.category} ${wanted.status}`} sites={ordered} step={elder ? ELDER_STEP : STEP} numbered={home !== null && !elder} picked={picked} />
        )}
      </div>
      <Unplaced key={`rest ${wanted.category} ${wanted.status}`} sites={sites} wanted={wanted} />
    </>
  )
}

interface ListProps { sites: Away<Site>[]; step: number; numbered: boolean; picked: string | null }

function SiteList({ sites, step, numbered, picked }: ListProps) {
  const t = useTexts(words)
  const [shown, setShown] = useState(step)
  const rest = sites.length - shown
  return (
    <div className="site-list">
      <ul className="sites">
        {sites.slice(0, shown).map((site, index) => (
          <SiteRow key={site.key} site={site} mark={numbered && index < NUMBERED ? index + 1 : null} picked={picked === site.key} />
        ))}
      </ul>
      {rest > 0 && <button type="button" className="button wide" onClick={() => setShown(shown + 2 * step)}>{t('more', { count: Math.min(rest, 2 * step) })}</button>}
    </div>
  )
}

/** What is open within a walk of here: list and map, from the phone's own memory where there is no network. */
import { useMemo, useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { useLook } from '../../shared/theme'
import '../style/cases.css'
import '../style/nearby.css'
import type { Around, Outlet } from '../data/nearby'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { Loading } from '../parts/Loading'
import { Provenance } from '../parts/Provenance'
import { useGroundSoon } from '../place/ground'
import { GroundMap, type Mark } from '../place/GroundMap'
import { distance_m, type Point } from '../place/shapes'
import { found, type Wish } from './finding'
import { Finder } from './Finder'
import type { From } from './from'
import { FromWhere } from './FromWhere'
import { OutletRow } from './OutletRow'
import { useAround } from './useAround'
import { useNow } from './useNow'
import { WantedList } from './WantedList'

const words = texts({
  from: ['从{name}走', 'From {name}'], change: ['换地方', 'Change'],
  count: ['{n} 处', '{n} places'], none: ['这个范围里没有符合条件的。可以走远一点，或者告诉我们缺什么。', 'Nothing here fits. Walk farther, or tell us what is missing.'],
  more: ['再看 {count} 个', 'Show {count} more'], map: ['{name}周边示意图，编号与下面的列表一致', 'Sketch round {name}, numbered as in the list below'],
  straight: ['有的地方没有路网，按直线距离估算，标“约”', 'Where no way on foot is known, the straight line is told as “about”'],
  missing: ['我这里缺什么', 'What is missing here'], nothing: ['区里还没有开放这项查询。', 'The district does not offer this yet.'],
})
const STEP = 9
const ELDER_STEP = 5
const [CLOSEST_M, WIDEST_M, DOTS] = [500, 2600, 120]

export function NearbyPage({ of }: { of: string }) {
  const t = useTexts(words)
  const { from, answer } = useAround(of)
  const [choosing, setChoosing] = useState(from === null)
  useGroundSoon()
  if (!from || choosing) return <FromWhere onDone={() => setChoosing(false)} />
  return (
    <>
      <div className="from-bar">
        <p><Icon name="pin" />{t('from', { name: from.name })}</p>
        <button type="button" className="button quiet" onClick={() => setChoosing(true)}>{t('change')}</button>
      </div>
      <Loading answer={answer} lines={8}>{(body) => <Here around={body} from={from} again={answer.again} />}</Loading>
    </>
  )
}

function Here({ around, from, again }: { around: Around; from: From; again: () => void }) {
  const t = useTexts(words)
  const now = useNow()
  const elder = useLook((look) => look.elder) !== null
  const [wish, setWish] = useState<Wish>({ kind: '', words: '', openNow: false, minutes: around.minutes })
  const rows = useMemo(() => found(around, wish, now), [around, wish, now])
  return (
    <>
      <Finder around={around} wish={wish} onWish={setWish} />
      <section className="card near">
        <p className="hint" role="status">{t('count', { n: rows.length })}</p>
        {rows.length === 0 ? <p className="note">{t('none')}</p> : (
          <div className="near-body">
            {!elder && <Sketch from={from} rows={rows} />}
            <Rows key={JSON.stringify(wish)} around={around} rows={rows} now={now} step={elder ? ELDER_STEP : STEP} numbered={!elder} />
          </div>
        )}
        {!around.exact && <p className="hint">{t('straight')}</p>}
        <Provenance asOf={around.as_of} origin={around.origin} quality={around.quality} />
      </section>
      {around.asks.wish && <Link to={{ page: 'wish', of: around.key }} className="button wide">{t('missing')}</Link>}
      <WantedList around={around} again={again} />
    </>
  )
}

/** Wide enough for the nearest few, and no wider than a quarter of an hour. */
const widthFor = (from: Point, rows: readonly Outlet[]): number =>
  Math.min(WIDEST_M, Math.max(CLOSEST_M, 2.6 * Math.max(...rows.slice(0, STEP).map((row) => distance_m(from, row)))))

function Sketch({ from, rows }: { from: From; rows: readonly Outlet[] }) {
  const t = useTexts(words)
  const dots = rows.slice(STEP, DOTS).map((row): Mark => ({ key: String(row.id), at: row, label: '', tone: 'dot' }))
  const pins = rows.slice(0, STEP).map((row, index): Mark => ({ key: String(row.id), at: row, label: String(index + 1), tone: 'pin' })).reverse()
  const here: Mark = { key: 'here', at: from, label: '', tone: 'here' }
  return <GroundMap center={from} width_m={widthFor(from, rows)} marks={[...dots, here, ...pins]} label={t('map', { name: from.name })} />
}

interface RowsProps { around: Around; rows: readonly Outlet[]; now: number; step: number; numbered: boolean }

function Rows({ around, rows, now, step, numbered }: RowsProps) {
  const t = useTexts(words)
  const [shown, setShown] = useState(step)
  const rest = Math.min(2 * step, rows.length - shown)
  return (
    <div className="site-list">
      <ul className="sites">
        {rows.slice(0, shown).map((row, index) => <OutletRow key={row.id} around={around} outlet={row} now={now} mark={numbered && index < STEP ? index + 1 : null} />)}
      </ul>
      {rest > 0 && <button type="button" className="button wide" onClick={() => setShown(shown + 2 * step)}>{t('more', { count: rest })}</button>}
    </div>
  )
}

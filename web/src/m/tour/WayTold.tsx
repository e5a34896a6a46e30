/** A walk in words and drawn on the ground: the same for a stop of a round and for somebody who calls for help. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { GroundMap } from '../place/GroundMap'
import { distance_m, type Point } from '../place/shapes'
import { ReadAloud } from '../parts/ReadAloud'
import type { Way } from '../data/tours'
import '../style/nearby.css'

const words = texts({ map: ['地图：去这一处的步行路线', 'Map: the way there on foot'] })
const LEAST_M = 300

export function WayTold({ from, to, way }: { from: Point; to: Point; way: Way | null }) {
  const t = useTexts(words)
  const said = useSaid()
  const line = way?.line?.map(([lon, lat]) => ({ lon, lat })) ?? [from, to]
  const lons = [...line, from, to].map(({ lon }) => lon)
  const lats = [...line, from, to].map(({ lat }) => lat)
  const corner = (pick: (...all: number[]) => number): Point => ({ lon: pick(...lons), lat: pick(...lats) })
  const [low, high] = [corner(Math.min), corner(Math.max)]
  const center = { lon: (low.lon + high.lon) / 2, lat: (low.lat + high.lat) / 2 }
  return (
    <>
      <GroundMap center={center} width_m={Math.max(LEAST_M, 1.6 * distance_m(low, high))} line={line} label={t('map')}
        marks={[{ key: 'from', at: from, label: '', tone: 'here' }, { key: 'to', at: to, label: '', tone: 'pin' }]} />
      {way && way.steps.length > 0 && (
        <>
          <ol className="way-steps">{way.steps.map((step, index) => <li key={index}>{said(step.text)}</li>)}</ol>
          <ReadAloud text={joined('stop', way.steps.map(({ text }) => said(text)))} />
        </>
      )}
    </>
  )
}

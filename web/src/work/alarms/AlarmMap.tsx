/** Where the rescues that run are, on the desk's own map. */
import 'maplibre-gl/dist/maplibre-gl.css'
import { useEffect, useMemo, useRef } from 'react'
import { useTexts } from '../../shared/i18n'
import type { Layer, MapSpec } from '../../shared/spec'
import { AlarmCalls } from '../../screen/map/AlarmCalls'
import { useAreas } from '../../screen/map/areas'
import { FLAT, frame } from '../../screen/map/camera'
import { LayerSource } from '../../screen/map/LayerSource'
import '../../screen/map/map.css'
import { useGlMap } from '../../screen/map/useGlMap'
import { Real3d } from '../parts/Real3d'
import { useView } from '../parts/useView'
import { RESCUE, type Rescue } from './api'
import { alarmWords } from './words'

const ground = (id: string, kind: Layer['kind'], source: string): Layer => ({ id, kind, title: '', data: { source, refresh: 'none' } })
const CALLS: Layer = {
  id: 'calls', kind: 'alarm', title: '', data: { source: 'alarms.running', refresh: 'live', topics: [RESCUE] },
  encode: { status: 'mark', title: 'title', since: 'raised_at', meta: ['where'] },
}
const SPEC: MapSpec = {
  camera: { pitch: 0, bearing: 0 },
  layers: [ground('green', 'fill', 'space.green'), ground('water', 'fill', 'space.water'), ground('roads', 'line', 'space.roads'), { ...ground('streets', 'area', 'space.streets'), encode: { label: 'name' } }, CALLS],
}
const CENTRE: [number, number] = [117.245, 39.08]
const NEAR = 14.5
/** What is told of a call stands above it and to its right. */
const TOLD = { top: 120, right: 230 }

export default function AlarmMap({ rescues }: { rescues: readonly Rescue[] }) {
  const t = useTexts(alarmWords)
  const box = useRef<HTMLDivElement>(null)
  const map = useGlMap(box, SPEC, CENTRE)
  const areas = useAreas(SPEC, undefined)
  const view = useView(map)
  const places = rescues.flatMap(({ lon, lat }) => (lon === null || lat === null ? [] : [[Number(lon), Number(lat)] as [number, number]]))
  const known = JSON.stringify(places)
  const points = useMemo(() => JSON.parse(known) as [number, number][], [known])
  useEffect(() => {
    if (!map) return
    if (points.length === 1) map.jumpTo({ center: points[0] as [number, number], zoom: NEAR })
    else if (points.length) frame(map, points, FLAT, 0, TOLD)
    else if (areas.whole.length) frame(map, areas.whole, FLAT, 0)
  }, [map, points, areas.whole])
  useEffect(() => map?.getCanvas().setAttribute('aria-label', t('mapName')), [map, t])
  return (
    <div className="alarm-map">
      <div ref={box} className="map-canvas" />
      {map && SPEC.layers.map((layer) => <LayerSource key={layer.id} map={map} layer={layer} view={view} on />)}
      {map && <Real3d map={map} />}
      {map && <AlarmCalls map={map} layer={CALLS} />}
    </div>
  )
}

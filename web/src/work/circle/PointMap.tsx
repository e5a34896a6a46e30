/** A map of the district on which one point is chosen; the ways and gates are the base map's. */
import { Marker, type Map as GLMap, type MapMouseEvent } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import { useEffect, useRef } from 'react'
import { useTexts } from '../../shared/i18n'
import type { Layer, MapSpec } from '../../shared/spec'
import { useAreas } from '../../screen/map/areas'
import { FLAT, frame } from '../../screen/map/camera'
import '../../screen/map/map.css'
import { MapLegend } from '../../screen/map/MapLegend'
import { LayerSource } from '../../screen/map/LayerSource'
import { useGlMap } from '../../screen/map/useGlMap'
import { meantAt } from '../../screen/map/meshes/rows'
import { Real3d } from '../parts/Real3d'
import { useView } from '../parts/useView'
import { circleWords } from './words'

export type Point = readonly [lon: number, lat: number]

const layer = (id: string, kind: Layer['kind'], source: string, encode = {}): Layer => ({
  id,
  kind,
  title: '',
  data: { source, refresh: 'none' },
  encode,
})
const SPEC: MapSpec = {
  camera: { pitch: 0, bearing: 0 },
  layers: [
    layer('green', 'fill', 'space.green'),
    layer('water', 'fill', 'space.water'),
    { ...layer('coverage', 'fill', 'life_circle.coverage', { value: 'share' }), title: { zh: '基本保障覆盖（社区）', en: 'Basic coverage by community' }, unit: '%' },
    layer('roads', 'line', 'space.roads'),
    layer('streets', 'area', 'space.streets', { label: 'name' }),
  ],
}
const CENTRE: [number, number] = [117.245, 39.08]
const CLOSE_ZOOM = 15

function usePoint(map: GLMap | null, point: Point | null, onChoose: (point: Point) => void): void {
  const choose = useRef(onChoose)
  choose.current = onChoose
  useEffect(() => {
    if (!map) return undefined
    const pressed = (event: MapMouseEvent) => choose.current(meantAt(map, event))
    map.on('click', pressed)
    return () => {
      map.off('click', pressed)
    }
  }, [map])
  const [lon, lat] = point ?? []
  useEffect(() => {
    if (!map || lon === undefined || lat === undefined) return undefined
    const marker = new Marker().setLngLat([lon, lat]).addTo(map)
    return () => {
      marker.remove()
    }
  }, [map, lon, lat])
}

export default function PointMap({ point, onChoose }: { point: Point | null; onChoose: (point: Point) => void }) {
  const t = useTexts(circleWords)
  const box = useRef<HTMLDivElement>(null)
  const areas = useAreas(SPEC, undefined)
  const map = useGlMap(box, SPEC, CENTRE, areas.whole)
  const view = useView(map)
  const first = useRef(point)
  useEffect(() => {
    if (!map) return
    if (first.current) map.jumpTo({ center: [...first.current], zoom: CLOSE_ZOOM })
    else if (areas.whole.length) frame(map, areas.whole, FLAT, 0)
  }, [map, areas.whole])
  usePoint(map, point, onChoose)
  useEffect(() => map?.getCanvas().setAttribute('aria-label', t('map')), [map, t])
  return (
    <div className="whatif-map">
      <div ref={box} className="map-canvas" />
      {map && SPEC.layers.map((one) => <LayerSource key={one.id} map={map} layer={one} view={view} on />)}
      {map && <Real3d map={map} />}
      <MapLegend layers={SPEC.layers} />
    </div>
  )
}

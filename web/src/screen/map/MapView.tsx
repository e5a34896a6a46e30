/** The map of a screen: layers from the spec, selection from the scope, camera from both. */
import type { Map as GLMap } from 'maplibre-gl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { go } from '../../blocks/drill'
import { texts, useTexts } from '../../shared/i18n'
import { narrow, useScope } from '../../shared/scope'
import type { Layer, MapSpec } from '../../shared/spec'
import { AlarmCalls } from './AlarmCalls'
import { useAreas, type Areas } from './areas'
import { declared, FLAT, frame, lasting, tiltOf } from './camera'
import { rowOf } from './features'
import { useTooSlow } from './frames'
import { netted, type View } from './layerData'
import { useLit } from './houses'
import { LayerSource } from './LayerSource'
import { MapBar } from './MapBar'
import { MapLegend } from './MapLegend'
import { MapTools } from './MapTools'
import { Sets } from './meshes/Sets'
import { usePicking, type Under } from './picking'
import { PlaceList } from './PlaceList'
import { PointCard } from './PointCard'
import { SiteCard } from './SiteCard'
import { isDrawable } from './style'
import { useGlMap } from './useGlMap'

const words = texts({
  map: ['区域地图，列表按钮给出同样内容的文字', 'District map; the list button gives the same in words'],
  slow: [
    '此设备画图较慢，已关闭建筑层；可在图层中再打开',
    'This device draws slowly, so buildings are off; switch them on again among the layers',
  ],
})

/** The part of the world on view, coarsened, after each move. */
function useView(map: GLMap | null, framed: boolean): View | null {
  const [view, setView] = useState<View | null>(null)
  useEffect(() => {
    if (!map || !framed) return undefined
    const read = () => {
      const bounds = map.getBounds()
      const next = netted({ box: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], zoom: map.getZoom() })
      setView((old) => (old && JSON.stringify(old) === JSON.stringify(next) ? old : next))
    }
    read()
    map.on('moveend', read)
    return () => {
      map.off('moveend', read)
    }
  }, [map, framed])
  return view
}

function useSelection(map: GLMap | null, layers: readonly Layer[], place: string | undefined): void {
  useEffect(() => {
    if (!map || !place) return undefined
    const areas = layers.filter((layer) => layer.kind === 'area').map((layer) => ({ source: layer.id, id: place }))
    areas.forEach((area) => map.setFeatureState(area, { picked: true }))
    return () =>
      areas.forEach((area) => {
        if (map.getSource(area.source)) map.setFeatureState(area, { picked: false })
      })
  }, [map, layers, place])
}

/** The camera follows the scope; the first framing does not travel, and before it nothing large is asked for. */
function useCamera(
  map: GLMap | null,
  spec: MapSpec,
  areas: Areas,
  place: string | undefined,
  flat: boolean,
): [look: (duration: number) => void, framed: boolean] {
  const [framed, setFramed] = useState(false)
  const moved = useRef(false)
  const look = useCallback(
    (duration: number) => {
      const tilt = flat ? FLAT : tiltOf(spec.camera)
      const centre = declared(spec.camera)
      if (!map) return
      if (place && areas.chosen.length) frame(map, areas.chosen, tilt, duration)
      else if (!place && centre) map.easeTo({ ...centre, ...tilt, duration: lasting(duration) })
      else if (!place && areas.whole.length) frame(map, areas.whole, tilt, duration)
      else return
      moved.current = true
      setFramed(true)
    },
    [map, spec, areas.whole, areas.chosen, place, flat],
  )
  useEffect(() => look(moved.current ? 800 : 0), [look])
  return [look, framed]
}

/** Which layers are on: what the reader chose, else what the spec says; the parts of a chosen place show themselves. */
function useSwitches(
  layers: readonly Layer[],
  place: string | undefined,
  isSlow: boolean,
): [Record<string, boolean>, (id: string) => void] {
  const [chosen, choose] = useState<Record<string, boolean>>({})
  const usual = (layer: Layer) =>
    layer.kind === 'extrude' && isSlow ? false : (layer.on ?? true) || (Boolean(place) && layer.kind === 'area')
  const on = Object.fromEntries(layers.map((layer) => [layer.id, chosen[layer.id] ?? usual(layer)]))
  return [on, (id) => choose({ ...chosen, [id]: !on[id] })]
}

export default function MapView({ spec, centre }: { spec: MapSpec; centre: [number, number] }) {
  const t = useTexts(words)
  const box = useRef<HTMLDivElement>(null)
  const { place } = useScope()
  const layers = spec.layers
  const [flat, setFlat] = useState(false)
  const [list, setList] = useState(false)
  const [under, setUnder] = useState<Under | null>(null)
  const [site, setSite] = useState<string>()
  const areas = useAreas(spec, place)
  const map = useGlMap(box, spec, centre, place ? areas.chosen : areas.whole)
  const isSlow = useTooSlow(map)
  const [on, toggle] = useSwitches(layers, place, isSlow)
  const [look, framed] = useCamera(map, spec, areas, place, flat)
  const view = useView(map, framed)
  const hands = useRef({ hover: setUnder, pickPoint, pickPlace: (code: string) => narrow({ place: code }), pickHouse: setSite, place })
  hands.current = { ...hands.current, place }
  usePicking(map, layers, hands)
  useSelection(map, layers, place)
  useLit(map, site)
  useEffect(() => setSite(undefined), [place])
  useEffect(() => map?.getCanvas().setAttribute('aria-label', t('map')), [map, t])
  const home = () => {
    if (place) narrow({ place: undefined })
    else look(700)
  }
  return (
    <>
      <div ref={box} className="map-canvas" />
      {map &&
        layers
          .filter(isDrawable)
          .map((layer) => (
            <LayerSource
              key={layer.id}
              map={map}
              layer={layer}
              view={view}
              on={Boolean(on[layer.id]) && !(flat && layer.kind === 'extrude')}
            />
          ))}
      {map && <Sets map={map} on={!flat && layers.some((layer) => layer.kind === 'extrude' && on[layer.id])} picked={site} />}
      {map && layers.filter((layer) => layer.kind === 'alarm' && on[layer.id]).map((layer) => <AlarmCalls key={layer.id} map={map} layer={layer} />)}
      <MapBar layers={layers} on={on} toggle={toggle} ask={place ? () => setSite(place) : undefined} />
      <MapTools map={map} flat={flat} setFlat={setFlat} home={home} list={list} setList={setList} />
      <MapLegend layers={layers.filter((layer) => on[layer.id])} />
      {under && <PointCard under={under} width={box.current?.clientWidth ?? 0} />}
      {site && <SiteCard code={site} onClose={() => setSite(undefined)} />}
      {isSlow && (
        <p className="map-note" role="status">
          {t('slow')}
        </p>
      )}
      {list && <PlaceList layers={layers} />}
    </>
  )
}

/** Drilling from a point goes by the drill of its own layer; areas are picked, and drill by themselves. */
function pickPoint({ layer, feature }: Under): void {
  if (layer.drill && layer.kind !== 'area') go(layer.drill, rowOf(feature))
}

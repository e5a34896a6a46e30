/** The rounds on the streets: a line and numbered stops for each person, and what is on no round. */
import type { Feature, FeatureCollection } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map as GLMap, MapMouseEvent } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import { useEffect, useMemo, useRef } from 'react'
import { useTexts } from '../../shared/i18n'
import type { Layer, MapSpec } from '../../shared/spec'
import { useTheme } from '../../shared/theme'
import { useAreas } from '../../screen/map/areas'
import { FLAT, frame } from '../../screen/map/camera'
import { LayerSource } from '../../screen/map/LayerSource'
import { canDraw } from '../../screen/map/drawing'
import { readPalette } from '../../screen/map/palette'
import { useGlMap } from '../../screen/map/useGlMap'
import { meantAt } from '../../screen/map/meshes/rows'
import { Real3d } from '../parts/Real3d'
import { useView } from '../parts/useView'
import type { Plan, Round, Spot, Tour } from './api'
import { hoursOf } from './moving'
import './tours.css'
import { tourWords } from './words'

const ground = (id: string, kind: Layer['kind'], source: string): Layer => ({ id, kind, title: '', data: { source, refresh: 'none' } })
const SPEC: MapSpec = {
  camera: { pitch: 0, bearing: 0 },
  layers: [
    ground('green', 'fill', 'space.green'), ground('water', 'fill', 'space.water'), ground('roads', 'line', 'space.roads'),
    { ...ground('streets', 'area', 'space.streets'), encode: { label: 'name' } },
  ],
}
const CENTRE: Spot = [117.245, 39.08]
const SOURCE = 'tours'
/** Who begins there is written over it. */
const NAMES = { left: 56, right: 56 }

const point = (at: Spot, properties: object): Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties: { ...properties } })
const line = (spots: Spot[], tone: number): Feature => ({ type: 'Feature', geometry: { type: 'LineString', coordinates: spots }, properties: { tone } })

function drawn(round: Round, tone: number): Feature[] {
  const spots = round.stops.flatMap((stop): { at: Spot; line: Spot[] | null; label: string }[] =>
    stop.lon === null || stop.lat === null ? [] : [{ at: [stop.lon, stop.lat], line: stop.line, label: String(stop.number) }])
  const lines = spots.map((stop, index) => line(stop.line ?? [spots[index - 1]?.at ?? round.start, stop.at], tone))
  const back = round.back_line ? [line(round.back_line, tone)] : []
  return [...lines, ...back, point(round.start, { tone, label: '', kind: 'start' }), ...spots.map(({ at, label }) => point(at, { tone, label, kind: 'stop' }))]
}

const placed = <S extends { lon: number | null; lat: number | null }>(stops: readonly S[], says: (stop: S) => object): Feature[] =>
  stops.flatMap((stop) => (stop.lon === null || stop.lat === null ? [] : [point([stop.lon, stop.lat], { tone: 0, label: '', ...says(stop) })]))


/** Before a plan: what is chosen with its hours, and where people begin. */
const due = (tour: Tour, stops: Set<number>, people: Set<number>): Feature[] => [
  ...tour.people.flatMap(({ account, start, name }) => (start && people.has(account) ? [point(start, { tone: 0, label: '', under: name, kind: 'start' })] : [])),
  ...placed(tour.stops.filter(({ record }) => stops.has(record)), (stop) => ({ kind: 'due', under: hoursOf(stop.windows ?? []) })),
]

const featuresOf = (plan: Plan): Feature[] => [
  ...placed(plan.unserved, () => ({ kind: 'left' })),
  ...plan.rounds.flatMap((round, index) => (round.stops.length ? drawn(round, (index % 4) + 1) : [])),
]

function layers(): LayerSpecification[] {
  const { accent, series, label, halo, status } = readPalette()
  const tone = ['match', ['get', 'tone'], 1, series[0], 2, series[1], 3, series[2], 4, series[3], label]
  const isPoint = ['==', ['geometry-type'], 'Point']
  const all = [
    { id: 'tours:line', type: 'line', filter: ['==', ['geometry-type'], 'LineString'], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': tone, 'line-width': 4, 'line-opacity': 0.85 } },
    { id: 'tours:point', type: 'circle', filter: isPoint, paint: {
      'circle-color': ['match', ['get', 'kind'], 'left', 'transparent', 'start', halo, 'due', accent, tone], 'circle-radius': ['match', ['get', 'kind'], 'stop', 11, 7],
      'circle-stroke-color': ['match', ['get', 'kind'], 'start', tone, 'left', status.breach, halo], 'circle-stroke-width': 2.5,
    } },
    { id: 'tours:number', type: 'symbol', filter: isPoint, layout: { 'text-field': ['get', 'label'], 'text-size': 13, 'text-allow-overlap': true }, paint: { 'text-color': halo } },
    { id: 'tours:under', type: 'symbol', filter: ['has', 'under'], layout: { 'text-field': ['get', 'under'], 'text-size': 12, 'text-anchor': ['match', ['get', 'kind'], 'start', 'bottom', 'top'],
      'text-offset': ['match', ['get', 'kind'], 'start', ['literal', [0, -0.8]], ['literal', [0, 0.8]]], 'text-optional': true }, paint: { 'text-color': label, 'text-halo-color': halo, 'text-halo-width': 1.5 } },
  ]
  return all.map((one) => ({ ...one, source: SOURCE })) as unknown as LayerSpecification[]
}

function useFeatures(map: GLMap | null, features: Feature[]): void {
  const theme = useTheme()
  useEffect(() => {
    if (!map) return
    const data: FeatureCollection = { type: 'FeatureCollection', features }
    if (map.getSource(SOURCE)) map.getSource<GeoJSONSource>(SOURCE)?.setData(data)
    else map.addSource(SOURCE, { type: 'geojson', data })
    for (const layer of layers()) if (!map.getLayer(layer.id)) map.addLayer(layer)
  }, [map, features])
  useEffect(() => {
    if (!map?.getSource(SOURCE)) return
    for (const layer of layers()) for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never)
  }, [map, theme])
}

const spotsOf = (features: readonly Feature[]): Spot[] =>
  features.flatMap(({ geometry }) => (geometry.type === 'Point' ? [geometry.coordinates as Spot] : geometry.type === 'LineString' ? (geometry.coordinates as Spot[]) : []))

function usePresses(map: GLMap | null, onPress: ((at: Spot) => void) | undefined): void {
  const press = useRef(onPress)
  press.current = onPress
  useEffect(() => {
    if (!map) return undefined
    const pressed = (event: MapMouseEvent) => press.current?.(meantAt(map, event))
    map.on('click', pressed)
    return () => {
      map.off('click', pressed)
    }
  }, [map])
}

/** Any features over the ground, in view; a sentence where this machine draws no maps: the lists beside it say the same. */
export function RouteMap(props: MapProps) {
  const t = useTexts(tourWords)
  return canDraw() ? <DrawnMap {...props} /> : <p className="nothing sheet">{t('noMap')}</p>
}

interface MapProps {
  features: Feature[]
  label: string
  onPress?: (at: Spot) => void
}

function DrawnMap({ features, label, onPress }: MapProps) {
  const box = useRef<HTMLDivElement>(null)
  const areas = useAreas(SPEC, undefined)
  const map = useGlMap(box, SPEC, CENTRE, areas.whole)
  const view = useView(map)
  useFeatures(map, features)
  usePresses(map, onPress)
  useEffect(() => {
    const spots = spotsOf(features)
    const seen = spots.length ? spots : areas.whole
    if (map && seen.length) frame(map, seen, FLAT, 300, NAMES)
  }, [map, features, areas.whole])
  useEffect(() => map?.getCanvas().setAttribute('aria-label', label), [map, label])
  return (
    <div className="tours-map">
      <div ref={box} className="map-canvas" />
      {map && SPEC.layers.map((one) => <LayerSource key={one.id} map={map} layer={one} view={view} on />)}
      {map && <Real3d map={map} />}
    </div>
  )
}

export default function TourMap({ tour, stops, people, plan }: { tour: Tour; stops: Set<number>; people: Set<number>; plan: Plan | null }) {
  const t = useTexts(tourWords)
  const features = useMemo(() => (plan ? featuresOf(plan) : due(tour, stops, people)), [tour, stops, people, plan])
  return <RouteMap features={features} label={t('map')} />
}

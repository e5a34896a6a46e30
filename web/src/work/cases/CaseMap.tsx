/** The map of the desk: the screen's ground and streets, and over them the cases from vector tiles. */
import type { FilterSpecification, LayerSpecification, Map as GLMap, MapMouseEvent, VectorTileSource } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import { live } from '../../shared/live'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Layer, MapSpec } from '../../shared/spec'
import { useTheme } from '../../shared/theme'
import { useAreas } from '../../screen/map/areas'
import { useBaseMap } from '../../screen/map/base'
import { FLAT, frame } from '../../screen/map/camera'
import { houseAt, useLit } from '../../screen/map/houses'
import { LayerSource } from '../../screen/map/LayerSource'
import { readPalette, type Palette } from '../../screen/map/palette'
import { SiteCard } from '../../screen/map/SiteCard'
import { useGlMap } from '../../screen/map/useGlMap'
import { meshedHouseAt } from '../../screen/map/meshes/rows'
import { Real3d } from '../parts/Real3d'
import { useView } from '../parts/useView'
import type { Id } from '../wire'
import { CASE, tilesAddress } from './api'
import type { Desk } from './desk'
import { UrgencyMark } from './parts'
import { deskCaseWords } from './words'

const ground = (id: string, kind: Layer['kind'], source: string): Layer => ({ id, kind, title: '', data: { source, refresh: 'none' } })
const SPEC: MapSpec = {
  camera: { pitch: 0, bearing: 0 },
  layers: [
    ground('green', 'fill', 'space.green'),
    ground('water', 'fill', 'space.water'),
    ground('roads', 'line', 'space.roads'),
    { ...ground('streets', 'area', 'space.streets'), encode: { label: 'name' } },
  ],
}
const CENTRE: [number, number] = [117.245, 39.08]
const REFRESH_MS = 1_500
const OVER: FilterSpecification = ['==', ['get', 'breached'], true]
const ICON = ['match', ['get', 'urgency'], 'danger', 'level-1', 'level-2']
const PRESSING: FilterSpecification = ['in', ['get', 'urgency'], ['literal', ['danger', 'urgent']]]
const CLOSED_FAINT = ['match', ['get', 'phase'], ['closed', 'cancelled'], 0.45, 1]
/** What is one case; the rest are many. */
const SINGLES = ['cases:open', 'cases:plain']
const SIZE = ['interpolate', ['linear'], ['get', 'count'], 2, 13, 100, 20, 10000, 30]

function layers(palette: Palette): LayerSpecification[] {
  const drawn = [
    { id: 'cases:clusters', type: 'circle', 'source-layer': 'clusters', paint: {
      'circle-radius': SIZE, 'circle-color': palette.accent, 'circle-opacity': 0.92, 'circle-stroke-width': 3,
      'circle-stroke-color': ['case', ['>', ['get', 'breached'], 0], palette.status.breach, palette.halo],
    } },
    { id: 'cases:counts', type: 'symbol', 'source-layer': 'clusters', layout: {
      'text-field': ['to-string', ['get', 'count']], 'text-size': 13, 'text-allow-overlap': true,
    }, paint: { 'text-color': palette.halo } },
    { id: 'cases:over', type: 'circle', 'source-layer': 'cases', filter: OVER, paint: {
      'circle-radius': 15, 'circle-color': 'transparent', 'circle-stroke-width': 3, 'circle-stroke-color': palette.status.breach,
    } },
    // Without a numeral: beside clusters it would be read as a count.
    { id: 'cases:plain', type: 'circle', 'source-layer': 'cases', filter: ['!', PRESSING], paint: {
      'circle-radius': 6, 'circle-color': palette.accent, 'circle-opacity': CLOSED_FAINT, 'circle-stroke-width': 2, 'circle-stroke-color': palette.halo,
    } },
    { id: 'cases:open', type: 'symbol', 'source-layer': 'cases', filter: PRESSING, layout: {
      'icon-image': ICON, 'icon-size': 1.3, 'icon-allow-overlap': true, 'symbol-sort-key': ['match', ['get', 'urgency'], 'danger', 1, 0],
    }, paint: { 'icon-opacity': CLOSED_FAINT } },
  ]
  return drawn.map((one) => ({ ...one, source: 'cases' })) as unknown as LayerSpecification[]
}

function addCases(map: GLMap, address: string): void {
  if (!map.getSource('cases')) map.addSource('cases', { type: 'vector', tiles: [address], minzoom: 9, maxzoom: 18 })
  for (const layer of layers(readPalette())) if (!map.getLayer(layer.id)) map.addLayer(layer)
}

/** The tiles follow the filters, the theme and the stream. */
function useCases(map: GLMap | null, address: string): void {
  const theme = useTheme()
  const asked = useRef(address)
  useEffect(() => {
    if (!map) return
    addCases(map, address)
    if (asked.current !== address) map.getSource<VectorTileSource>('cases')?.setTiles([address])
    asked.current = address
  }, [map, address])
  useEffect(() => {
    if (!map?.getSource('cases')) return
    for (const layer of layers(readPalette()))
      for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never)
  }, [map, theme])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = live.onTopic(CASE, () => {
      timer ??= setTimeout(() => {
        timer = undefined
        if (map?.getSource('cases')) map.refreshTiles('cases')
      }, REFRESH_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [map])
}

function useClicks(map: GLMap | null, onOpen: (id: Id) => void, onHouse: (code: string | undefined) => void): void {
  const open = useRef(onOpen)
  open.current = onOpen
  useEffect(() => {
    if (!map) return undefined
    const clicked = (event: MapMouseEvent) => {
      const known = [...SINGLES, 'cases:clusters'].filter((id) => map.getLayer(id))
      const [found] = map.queryRenderedFeatures(event.point, { layers: known })
      if (!found) onHouse(meshedHouseAt(map, event.point) ?? houseAt(map, event.point))
      else if (SINGLES.includes(found.layer.id)) open.current(found.id as number)
      else map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 })
    }
    map.on('click', clicked)
    return () => {
      map.off('click', clicked)
    }
  }, [map, onHouse])
}

export default function CaseMap({ desk, onOpen }: { desk: Desk; onOpen: (id: Id) => void }) {
  const t = useTexts(deskCaseWords)
  const box = useRef<HTMLDivElement>(null)
  const areas = useAreas(SPEC, undefined)
  const map = useGlMap(box, SPEC, CENTRE, areas.whole)
  const [site, setSite] = useState<string>()
  const address = useMemo(() => tilesAddress(desk.query), [desk.query])
  const base = useBaseMap()
  const said = useSaid()
  const view = useView(map)
  useEffect(() => {
    if (map && areas.whole.length) frame(map, areas.whole, FLAT, 0)
  }, [map, areas.whole])
  useCases(map, address)
  useClicks(map, onOpen, setSite)
  useLit(map, site)
  useEffect(() => map?.getCanvas().setAttribute('aria-label', t('mapName')), [map, t])
  return (
    <>
      <div ref={box} className="map-canvas" />
      {map && SPEC.layers.map((layer) => <LayerSource key={layer.id} map={map} layer={layer} view={view} on />)}
      {map && <Real3d map={map} picked={site} />}
      {site && <SiteCard code={site} onClose={() => setSite(undefined)} />}
      <p className="case-legend meta">
        <span><UrgencyMark urgency="danger" /></span>
        <span><UrgencyMark urgency="urgent" /></span>
        <span><i className="case-dot" />{t('single')}</span>
        <span><i className="case-many num">n</i>{t('cluster')}</span>
        {base && <small>{said(base.origin)}</small>}
      </p>
    </>
  )
}


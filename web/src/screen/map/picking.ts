/** What the pointer does on the map: areas light up and drill, points show a card and drill, buildings near enough tell what is at them. */
import type { Map as GLMap, MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl'
import { useEffect } from 'react'
import type { Layer } from '../../shared/spec'
import { houseAt } from './houses'
import { meshedHouseAt } from './meshes/rows'
import { nextPlace } from './places'

export interface Under {
  layer: Layer
  feature: MapGeoJSONFeature
  x: number
  y: number
}

interface Hands {
  /** A point under the pointer, or nothing any more. */
  hover: (under: Under | null) => void
  pickPoint: (under: Under) => void
  pickPlace: (code: string) => void
  pickHouse: (code: string) => void
  place: string | undefined
}

const isPoint = (layer: Layer): boolean => ['point', 'cluster', 'live-point', 'alarm'].includes(layer.kind)
const NEAR = 6

function underPointer(map: GLMap, event: MapMouseEvent, ids: string[]): MapGeoJSONFeature[] {
  const { x, y } = event.point
  const there = ids.filter((id) => map.getLayer(id) && map.getLayoutProperty(id, 'visibility') !== 'none')
  return there.length
    ? map.queryRenderedFeatures(
        [
          [x - NEAR, y - NEAR],
          [x + NEAR, y + NEAR],
        ],
        { layers: there },
      )
    : []
}

class Picker {
  private lit: { source: string; id: string } | null = null
  private readonly points: string[]
  private readonly areas: string[]

  constructor(
    private readonly map: GLMap,
    private readonly layers: readonly Layer[],
    private readonly hands: () => Hands,
  ) {
    this.points = layers.filter(isPoint).map((layer) => `${layer.id}:point`)
    this.areas = layers.filter((layer) => layer.kind === 'area').map((layer) => `${layer.id}:hit`)
  }

  private layerOf = (feature: MapGeoJSONFeature): Layer | undefined => this.layers.find((layer) => layer.id === feature.source)

  private pointAt(event: MapMouseEvent): Under | null {
    const feature = underPointer(this.map, event, this.points)[0]
    const layer = feature && this.layerOf(feature)
    return layer ? { layer, feature, x: event.point.x, y: event.point.y } : null
  }

  private placeAt(event: MapMouseEvent): { code: string; source: string } | null {
    const found = this.map.queryRenderedFeatures(event.point, { layers: this.areas })
    const codes = found.map((feature) => ({ code: String(feature.properties['fid']), source: feature.source }))
    const next = nextPlace(
      this.hands().place,
      codes.map((one) => one.code),
    )
    return codes.find((one) => one.code === next) ?? null
  }

  move = (event: MapMouseEvent): void => {
    const point = this.pointAt(event)
    const house = point ? undefined : houseAt(this.map, event.point)
    const place = point || house ? null : this.placeAt(event)
    this.hands().hover(point)
    this.light(place && { source: place.source, id: place.code })
    this.map.getCanvas().style.cursor = place || house || point?.layer.drill ? 'pointer' : ''
  }

  leave = (): void => {
    this.light(null)
    this.hands().hover(null)
  }

  click = (event: MapMouseEvent): void => {
    const point = this.pointAt(event)
    if (point) {
      this.hands().pickPoint(point)
      return
    }
    const house = meshedHouseAt(this.map, event.point) ?? houseAt(this.map, event.point)
    const place = house ? null : this.placeAt(event)
    if (house) this.hands().pickHouse(house)
    else if (place) this.hands().pickPlace(place.code)
  }

  private light(next: { source: string; id: string } | null): void {
    if (this.lit?.id === next?.id) return
    if (this.lit) this.map.setFeatureState(this.lit, { hover: false })
    if (next) this.map.setFeatureState(next, { hover: true })
    this.lit = next
  }
}

/** `hands` is read at each event, so it may change without new listeners. */
export function usePicking(map: GLMap | null, layers: readonly Layer[], hands: { current: Hands }): void {
  useEffect(() => {
    if (!map) return undefined
    const picker = new Picker(map, layers, () => hands.current)
    map.on('mousemove', picker.move)
    map.on('mouseout', picker.leave)
    map.on('click', picker.click)
    return () => {
      map.off('mousemove', picker.move)
      map.off('mouseout', picker.leave)
      map.off('click', picker.click)
    }
  }, [map, layers, hands])
}

/** GeoJSON of a layer as the map needs it: ids for feature-state, labels in the reader's language, extents, outlines. */
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson'
import { said } from '../../shared/i18n'
import { shortName } from '../../shared/places'
import type { Lang, Layer, Quality, Row, Text } from '../../shared/spec'
import { asStatus } from '../../shared/Status'
import { isValued } from './layerData'

export interface LayerAnswer extends FeatureCollection {
  as_of?: string | null
  quality?: Quality
  origin?: Text
  /** Words for codes, as in an envelope. */
  dict?: Record<string, Record<string, Text>>
  /** Why there is nothing, where that is something else than that nothing is there. */
  empty?: Text
}
export type Box = [west: number, south: number, east: number, north: number]

export const idOf = (feature: Feature): string => String(feature.properties?.['code'] ?? feature.id ?? feature.properties?.['id'] ?? '')

const textOf = (value: unknown, lang: Lang): string =>
  typeof value === 'object' && value !== null && 'zh' in value
    ? said(value as Text, lang)
    : value === null || value === undefined
      ? ''
      : String(value)

/** Each feature with `fid` (its id), `label`, and `mark` for its status, so that nothing nested has to cross into the worker. */
export function labelled(answer: FeatureCollection, layer: Layer, lang: Lang): FeatureCollection {
  const key = layer.encode?.label ?? layer.encode?.title ?? 'name'
  const depth = isValued(layer) ? depthOf(answer.features, layer.encode?.value ?? 'value') : () => ({})
  const features = answer.features.map((feature) => {
    const label = textOf(feature.properties?.[key], lang)
    return {
      ...feature,
      properties: {
        ...feature.properties,
        ...depth(feature),
        mark: asStatus(feature.properties?.[layer.encode?.status ?? 'status']),
        fid: idOf(feature),
        label: layer.kind === 'area' ? shortName(label) : label,
      },
    }
  })
  return { type: 'FeatureCollection', features }
}

const valueOf = (feature: Feature, key: string): number | null => {
  const value: unknown = feature.properties?.[key]
  return typeof value === 'number' ? value : null
}

/** The least and the most of a figure among some areas; null when no area has one. */
export function rangeOf(features: readonly Feature[], key: string): [low: number, high: number] | null {
  const values = features.flatMap((feature) => valueOf(feature, key) ?? [])
  return values.length ? [Math.min(...values), Math.max(...values)] : null
}

/** `level` from 0 (least) to 1 (most); -1 where there is no figure. */
function depthOf(features: readonly Feature[], key: string): (feature: Feature) => { level: number } {
  const [low, high] = rangeOf(features, key) ?? [0, 0]
  return (feature) => {
    const value = valueOf(feature, key)
    return { level: value === null ? -1 : high > low ? (value - low) / (high - low) : 0.5 }
  }
}

function positions(geometry: Geometry): Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positions)
  if (geometry.type === 'Point') return [geometry.coordinates]
  return (geometry.coordinates as unknown[]).flat(
    geometry.type === 'MultiPolygon' ? 2 : geometry.type === 'LineString' || geometry.type === 'MultiPoint' ? 0 : 1,
  ) as Position[]
}

/** Every point of some features. */
export const pointsOf = (features: readonly Feature[]): Position[] => features.flatMap((feature) => positions(feature.geometry))

function ringsOf(geometry: Geometry): Position[][] {
  if (geometry.type === 'Polygon') return geometry.coordinates
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : []
}

/** Twice the area inside a ring, with its sign. */
const doubleArea = (ring: Position[]): number =>
  ring.reduce((sum, [x = 0, y = 0], index) => {
    const [nx = 0, ny = 0] = ring[(index + 1) % ring.length] ?? []
    return sum + x * ny - nx * y
  }, 0)

function centreOf(ring: Position[]): Position {
  const total = doubleArea(ring)
  if (total === 0) return ring[0] ?? [0, 0]
  const sum = ring.reduce<[number, number]>(
    ([sx, sy], [x = 0, y = 0], index) => {
      const [nx = 0, ny = 0] = ring[(index + 1) % ring.length] ?? []
      const cross = x * ny - nx * y
      return [sx + (x + nx) * cross, sy + (y + ny) * cross]
    },
    [0, 0],
  )
  return [sum[0] / (3 * total), sum[1] / (3 * total)]
}

/** One point per area to write its name at: the given one, else the centre of its largest ring. */
export function labelPoints(areas: FeatureCollection): FeatureCollection {
  const features = areas.features.flatMap((feature): Feature[] => {
    const given = feature.properties?.['label_at'] as unknown
    const largest = ringsOf(feature.geometry).sort((a, b) => Math.abs(doubleArea(b)) - Math.abs(doubleArea(a)))[0]
    const at = Array.isArray(given) ? (given as Position) : largest && centreOf(largest)
    return at
      ? [
          {
            type: 'Feature',
            properties: { fid: feature.properties?.['fid'], label: feature.properties?.['label'] },
            geometry: { type: 'Point', coordinates: at },
          },
        ]
      : []
  })
  return { type: 'FeatureCollection', features }
}

const edgeKey = (a: Position, b: Position): string => {
  const [p, q] = [a.slice(0, 2).join(' '), b.slice(0, 2).join(' ')]
  return p < q ? `${p}|${q}` : `${q}|${p}`
}

/** The edges that only one area has: together the outline of all of them. */
export function outlineOf(areas: FeatureCollection): FeatureCollection {
  const edges = new Map<string, { line: Position[]; times: number }>()
  for (const ring of areas.features.flatMap((feature) => ringsOf(feature.geometry))) {
    ring.slice(1).forEach((end, index) => {
      const start = ring[index] as Position
      const key = edgeKey(start, end)
      const known = edges.get(key)
      edges.set(key, { line: [start, end], times: (known?.times ?? 0) + 1 })
    })
  }
  const lines = [...edges.values()].filter((edge) => edge.times === 1).map((edge) => edge.line)
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } }],
  }
}

/** The properties of a feature as a row, for drills and cards. */
export const rowOf = (feature: Feature): Row => ({ id: feature.id, ...feature.properties })

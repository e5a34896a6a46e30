/** Streets and communities of the district, as the picker lists them. */
import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson'
import type { Text } from '../../shared/spec'
import type { LayerAnswer } from '../data/projects'
import { middle, type Point } from './shapes'

export interface AreaProperties { code: string; name: Text }
export interface Area { code: string; name: Text; at: Point | null }
export type AreaLayer = LayerAnswer<AreaProperties>

const byCode = (a: Area, b: Area): number => (a.code < b.code ? -1 : 1)

export function areasOf(layer: AreaLayer | undefined, within = ''): Area[] {
  const areas = (layer?.features ?? []).map(({ geometry, properties: { code, name } }) => ({ code, name, at: middle(geometry) }))
  return areas.filter((area) => area.code.startsWith(within)).sort(byCode)
}

function crosses(ring: Position[], { lon, lat }: Point): boolean {
  let inside = false
  ring.forEach(([x1 = 0, y1 = 0], index) => {
    const [x2 = 0, y2 = 0] = ring[(index || ring.length) - 1] ?? []
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
  })
  return inside
}

const polygons = (shape: Polygon | MultiPolygon): Position[][][] =>
  shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates

/** Whether an area holds the point; a hole does not, a shape that is no area never does. */
export function contains(shape: Geometry | null, point: Point): boolean {
  if (shape?.type !== 'Polygon' && shape?.type !== 'MultiPolygon') return false
  return polygons(shape).some((rings) => rings.filter((ring) => crosses(ring, point)).length % 2 === 1)
}

/** The area that holds the point, if any. */
export function areaAt(layer: AreaLayer | undefined, point: Point): Area | null {
  const found = layer?.features.find((feature) => contains(feature.geometry, point))
  return found ? { code: found.properties.code, name: found.properties.name, at: middle(found.geometry) } : null
}

/** Plane and sphere arithmetic for a phone: distances, what contains a point, the middle of a shape. */
import type { Geometry, Polygon, MultiPolygon, Position } from 'geojson'

export interface Point {
  lon: number
  lat: number
}

export interface Box {
  west: number
  south: number
  east: number
  north: number
}

const EARTH_RADIUS_M = 6_371_008.8
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance. */
export function distance_m(a: Point, b: Point): number {
  const halfLat = Math.sin(radians(b.lat - a.lat) / 2)
  const halfLon = Math.sin(radians(b.lon - a.lon) / 2)
  const h = halfLat ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * halfLon ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

function isPosition(value: unknown): value is Position {
  return Array.isArray(value) && typeof value[0] === 'number'
}

function* walk(value: unknown): Generator<Position> {
  if (isPosition(value)) yield value
  else if (Array.isArray(value)) for (const part of value) yield* walk(part)
}

export function positions(shape: Geometry): Position[] {
  if (shape.type === 'GeometryCollection') return shape.geometries.flatMap(positions)
  return [...walk(shape.coordinates)]
}

export function boxOf(points: readonly Position[]): Box | null {
  if (points.length === 0) return null
  const lons = points.map((point) => point[0] ?? 0)
  const lats = points.map((point) => point[1] ?? 0)
  return { west: Math.min(...lons), south: Math.min(...lats), east: Math.max(...lons), north: Math.max(...lats) }
}

/** The middle of the shape's box: near enough to sort by, and exact for a point. */
export function middle(shape: Geometry | null): Point | null {
  const box = shape && boxOf(positions(shape))
  return box && { lon: (box.west + box.east) / 2, lat: (box.south + box.north) / 2 }
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

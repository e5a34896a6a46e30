/** Plane and sphere arithmetic for a phone: distances, boxes, the middle of a shape. */
import type { Geometry, Position } from 'geojson'

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

/** Puts longitudes and latitudes on a small flat picture that shows me and the nearest projects. */
import type { Geometry, Position } from 'geojson'
import { boxOf, type Point } from '../place/shapes'

export interface Size { width: number; height: number }
export interface Frame extends Size {
  center: Point
  /** Picture units per metre. */
  scale: number
}
export type Spot = [x: number, y: number]

const METRES_PER_DEGREE = 111_195
const LEAST_WIDTH_M = 1_000
/** Room for the pins at the edge: they stand on their point, so they need more above than below. */
const EDGE = 34

const narrowing = (lat: number): number => Math.cos((lat * Math.PI) / 180)

/** The closest frame that holds all points, never closer than a kilometre across. */
export function frameAround(points: readonly Point[], { width, height }: Size): Frame {
  const box = boxOf(points.map(({ lon, lat }) => [lon, lat])) ?? { west: 0, south: 0, east: 0, north: 0 }
  const center = { lon: (box.west + box.east) / 2, lat: (box.south + box.north) / 2 }
  const across = Math.max(LEAST_WIDTH_M, (box.east - box.west) * METRES_PER_DEGREE * narrowing(center.lat))
  const along = Math.max(LEAST_WIDTH_M * (height / width), (box.north - box.south) * METRES_PER_DEGREE)
  return { width, height, center, scale: Math.min((width - 2 * EDGE) / across, (height - 2 * EDGE) / along) }
}

export function toPicture({ width, height, center, scale }: Frame): (point: Point) => Spot {
  const east = METRES_PER_DEGREE * narrowing(center.lat) * scale
  return ({ lon, lat }) => [width / 2 + (lon - center.lon) * east, height / 2 + EDGE / 4 - (lat - center.lat) * METRES_PER_DEGREE * scale]
}

/** Which names can be written without covering each other or the edge, in the order given. */
export function withoutOverlap<T extends { at: Spot; text: string }>(names: readonly T[], { width, height }: Size, letter: number): T[] {
  const kept: T[] = []
  const half = ({ text }: T): number => (text.length * letter) / 2
  for (const name of names) {
    const [x, y] = name.at
    const inside = x - half(name) > 2 && x + half(name) < width - 2 && y > letter * 1.4 && y < height - 4
    const free = kept.every((other) => Math.abs(other.at[0] - x) > half(other) + half(name) + 2 || Math.abs(other.at[1] - y) > letter * 1.5)
    if (inside && free) kept.push(name)
  }
  return kept
}

type Ring = readonly Position[]

function rings(shape: Geometry): Ring[] {
  if (shape.type === 'Polygon' || shape.type === 'MultiLineString') return shape.coordinates
  if (shape.type === 'MultiPolygon') return shape.coordinates.flat()
  return shape.type === 'LineString' ? [shape.coordinates] : []
}

/** The outline of an area or a line as an SVG path. */
export function outline(shape: Geometry, place: (point: Point) => Spot): string {
  return rings(shape).map((ring) => {
    const steps = ring.map(([lon = 0, lat = 0]) => place({ lon, lat }).map((number) => number.toFixed(1)).join(' '))
    return `M${steps.join('L')}`
  }).join('')
}

/** Puts longitudes and latitudes on a small flat picture around one point. */
import type { Geometry, Position } from 'geojson'
import { distance_m, type Point } from '../place/shapes'

export interface Frame {
  width: number
  height: number
  center: Point
  /** Metres from the centre to the nearer edge. */
  reach_m: number
}

const METRES_PER_DEGREE = 111_195

export function toPicture({ width, height, center, reach_m }: Frame): (point: Point) => [x: number, y: number] {
  const scale = Math.min(width, height) / 2 / reach_m
  const narrowing = Math.cos((center.lat * Math.PI) / 180)
  return ({ lon, lat }) => [
    width / 2 + (lon - center.lon) * METRES_PER_DEGREE * narrowing * scale,
    height / 2 - (lat - center.lat) * METRES_PER_DEGREE * scale,
  ]
}

const LEAST_REACH_M = 500
const EDGE = 1.15

/** Wide enough for the nearest `count` points, never closer than half a kilometre. */
export function reachFor(center: Point, points: readonly Point[], count: number): number {
  const far = points.map((point) => distance_m(center, point)).sort((a, b) => a - b)[Math.min(count, points.length) - 1]
  return Math.max(LEAST_REACH_M, (far ?? 0) * EDGE)
}

type Ring = readonly Position[]

function rings(shape: Geometry): Ring[] {
  if (shape.type === 'Polygon' || shape.type === 'MultiLineString') return shape.coordinates
  if (shape.type === 'MultiPolygon') return shape.coordinates.flat()
  return shape.type === 'LineString' ? [shape.coordinates] : []
}

/** The outline of an area or a line as an SVG path. */
export function outline(shape: Geometry, place: (point: Point) => [number, number]): string {
  return rings(shape).map((ring) => {
    const steps = ring.map(([lon = 0, lat = 0]) => place({ lon, lat }).map((number) => number.toFixed(1)).join(' '))
    return `M${steps.join('L')}`
  }).join('')
}

/** From a spot on the picture back to longitude and latitude, and steps over the ground in metres. */
import { toPicture, type Frame, type Spot } from '../near/frame'
import type { Point } from './shapes'

const METRES_PER_DEGREE = 111_195
const narrowing = (lat: number): number => Math.cos((lat * Math.PI) / 180)

/** A frame round one point, so many metres wide. */
export function frameOf(center: Point, width_m: number, { width, height }: { width: number; height: number }): Frame {
  return { width, height, center, scale: width / width_m }
}

export function toGround(frame: Frame): (spot: Spot) => Point {
  const [left, top] = toPicture(frame)(frame.center)
  return ([x, y]) => moved(frame.center, (x - left) / frame.scale, (top - y) / frame.scale)
}

export function moved({ lon, lat }: Point, east_m: number, north_m: number): Point {
  return { lon: lon + east_m / (METRES_PER_DEGREE * narrowing(lat)), lat: lat + north_m / METRES_PER_DEGREE }
}

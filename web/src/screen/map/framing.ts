/** Which centre and zoom put some points into a box of the screen, under a tilt and with perspective. Plain numbers, no map. */
import type { Position } from 'geojson'

export interface Tilt {
  pitch: number
  bearing: number
}
export interface Room {
  width: number
  height: number
  top: number
  right: number
  bottom: number
  left: number
}
export interface Framing {
  center: [number, number]
  zoom: number
}

type Point = [number, number]
const TILE = 512
/** Distance of the camera in heights of the map, for the field of view of the map library (36.87 degrees). */
const DISTANCE = 1.5
const STEP = 0.25
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Web Mercator in units of one world, y downwards. */
const project = ([lon = 0, lat = 0]: Position): Point => [
  lon / 360 + 0.5,
  0.5 - Math.log(Math.tan(Math.PI / 4 + radians(lat) / 2)) / (2 * Math.PI),
]
const unproject = ([x, y]: Point): Point => [
  (x - 0.5) * 360,
  (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 2 - Math.PI / 2) * (180 / Math.PI),
]

const turned = ([x, y]: Point, bearing: number): Point => {
  const [cos, sin] = [Math.cos(radians(-bearing)), Math.sin(radians(-bearing))]
  return [x * cos - y * sin, x * sin + y * cos]
}

type Extent = [left: number, top: number, right: number, bottom: number]

const extentOf = (points: readonly Point[]): Extent =>
  points.reduce<Extent>(
    ([l, t, r, b], [x, y]) => [Math.min(l, x), Math.min(t, y), Math.max(r, x), Math.max(b, y)],
    [Infinity, Infinity, -Infinity, -Infinity],
  )

/** Pixels on the screen, measured from its middle, of ground points given in pixels from the centre. */
function seen([x, y]: Point, pitch: number, height: number): Point {
  const away = DISTANCE * height
  const factor = away / Math.max(away - y * Math.sin(radians(pitch)), away * 0.1)
  return [x * factor, y * Math.cos(radians(pitch)) * factor]
}

/** The extent on the screen at a zoom, and the shift of the centre that puts it into the middle of the room. */
function tried(ground: readonly Point[], scale: number, pitch: number, room: Room): { extent: Extent; shift: Point } {
  const middle: Point = [(room.left - room.right) / 2, (room.top - room.bottom) / 2]
  let shift: Point = [0, 0]
  let extent: Extent = [0, 0, 0, 0]
  for (let round = 0; round < 4; round += 1) {
    extent = extentOf(ground.map(([x, y]) => seen([(x - shift[0]) * scale, (y - shift[1]) * scale], pitch, room.height)))
    const off: Point = [(extent[0] + extent[2]) / 2 - middle[0], (extent[1] + extent[3]) / 2 - middle[1]]
    shift = [shift[0] + off[0] / scale, shift[1] + off[1] / Math.cos(radians(pitch)) / scale]
  }
  return { extent, shift }
}

/** A zoom at which everything fits, however it is tilted: half the room, seen from above. */
function surelySmall(ground: readonly Point[], room: Room): number {
  const [left, top, right, bottom] = extentOf(ground)
  const across = Math.max(right - left, bottom - top, 1e-9)
  return Math.log2((Math.min(room.width - room.left - room.right, room.height - room.top - room.bottom) * 0.5) / across / TILE)
}

/** Upwards in steps while it fits, then halving: far too close everything lies behind the camera and would seem to fit again. */
function largestThatFits(fits: (zoom: number) => boolean, start: number, most: number): number {
  let low = start
  while (low + STEP <= most && fits(low + STEP)) low += STEP
  let high = low + STEP
  for (let round = 0; round < 8; round += 1) {
    const zoom = (low + high) / 2
    if (fits(zoom)) low = zoom
    else high = zoom
  }
  return Math.min(low, most)
}

/** Null when there is nothing to frame, or no room for it. */
export function framing(points: readonly Position[], tilt: Tilt, room: Room, maxZoom = 17): Framing | null {
  const free = Math.min(room.width - room.left - room.right, room.height - room.top - room.bottom)
  if (points.length === 0 || free <= 0) return null
  const flat = points.map((point) => turned(project(point), tilt.bearing))
  const [l, t, r, b] = extentOf(flat)
  const origin: Point = [(l + r) / 2, (t + b) / 2]
  const ground = flat.map(([x, y]): Point => [x - origin[0], y - origin[1]])
  const fits = (zoom: number): boolean => {
    const [left, top, right, bottom] = tried(ground, TILE * 2 ** zoom, tilt.pitch, room).extent
    return right - left <= room.width - room.left - room.right && bottom - top <= room.height - room.top - room.bottom
  }
  const low = largestThatFits(fits, surelySmall(ground, room), maxZoom)
  const { shift } = tried(ground, TILE * 2 ** low, tilt.pitch, room)
  return { center: unproject(turned([origin[0] + shift[0], origin[1] + shift[1]], -tilt.bearing)), zoom: low }
}

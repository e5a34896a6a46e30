/** Where what is told of points near each other stands, so that each can be read: beside its point, at the corner that is free. */
import type { Map as GLMap, Marker } from 'maplibre-gl'

/** From its point to the lower left corner of a callout, in pixels. */
export type Offset = [x: number, y: number]
export interface Told { at: readonly [x: number, y: number]; width: number; height: number }
export interface Frame { width: number; height: number }
type Box = [left: number, top: number, right: number, bottom: number]

const CLEAR = 14
const GAP = 6
/** A pixel farther from its point is as bad as so many square pixels hidden: rather a corner of another than a place far off. */
const FAR = 10

/** Above or below the point, to its right or left; then farther and farther up, and down. */
function places({ width, height }: Told, others: number): Offset[] {
  const corners: Offset[] = [[0, -CLEAR], [0, CLEAR + height], [-width - CLEAR, -CLEAR], [-width - CLEAR, CLEAR + height]]
  const steps = Array.from({ length: others }, (_, index) => (index + 1) * (height + GAP))
  return [...corners, ...steps.map((step): Offset => [0, -CLEAR - step]), ...steps.map((step): Offset => [0, CLEAR + height + step])]
}

const boxAt = ({ at: [x, y], width, height }: Told, [right, down]: Offset): Box => [x + right, y + down - height, x + right + width, y + down]

/** What two boxes have in common, in square pixels; they keep a gap. */
const common = (one: Box, other: Box): number =>
  Math.max(0, Math.min(one[2], other[2]) + GAP - Math.max(one[0], other[0])) * Math.max(0, Math.min(one[3], other[3]) + GAP - Math.max(one[1], other[1]))

const outside = ([left, top, right, bottom]: Box, { width, height }: Frame): number =>
  Math.max(0, -left) + Math.max(0, -top) + Math.max(0, right - width) + Math.max(0, bottom - height)

/** How much farther up or down than at a corner. */
const farther = ({ height }: Told, [, down]: Offset): number => Math.max(0, -CLEAR - down, down - CLEAR - height)

/** An offset for each, the first ones first: the place that hides least, lies most in the frame and is not far from its point. */
export function apart(all: readonly Told[], frame: Frame): Offset[] {
  const taken: Box[] = []
  return all.map((told) => {
    const cost = (offset: Offset) => {
      const box = boxAt(told, offset)
      return taken.reduce((sum, other) => sum + common(box, other), 0) + outside(box, frame) * told.height + FAR * farther(told, offset)
    }
    const best = places(told, all.length).reduce((best, next) => (cost(next) < cost(best) ? next : best))
    taken.push(boxAt(told, best))
    return best
  })
}

/** Puts the callouts apart where the map stands now. */
export function spread(map: GLMap, markers: Iterable<Marker>): void {
  const all = [...markers]
  const told = all.map((marker): Told => {
    const { x, y } = map.project(marker.getLngLat())
    const { offsetWidth: width, offsetHeight: height } = marker.getElement()
    return { at: [x, y], width, height }
  })
  const { clientWidth: width, clientHeight: height } = map.getContainer()
  apart(told, { width, height }).forEach((offset, index) => all[index]?.setOffset(offset))
}

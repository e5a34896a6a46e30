/** Which area holds a point. Pure. */
import type { Feature, Position } from 'geojson'

/** By the rule of even and odd over all rings, so holes are outside. */
function isWithin(rings: readonly Position[][], [x, y]: readonly [number, number]): boolean {
  let inside = false
  for (const ring of rings)
    ring.forEach(([ax = 0, ay = 0], number) => {
      const [bx = 0, by = 0] = ring[(number + 1) % ring.length] as Position
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
    })
  return inside
}

const polygonsOf = ({ geometry }: Feature): Position[][][] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : []

export const holding = <F extends Feature>(features: readonly F[], spot: readonly [number, number]): F | undefined =>
  features.find((one) => polygonsOf(one).some((rings) => isWithin(rings, spot)))

/** The flat ground of the map round a point, in metres: east, north, up. The map is Web Mercator, the meshes stand on a round earth. Pure. */
import { Matrix4, Vector3 } from 'three'
import type { Ellipsoid } from '3d-tiles-renderer/three'

const DEGREE = Math.PI / 180
/** WGS-84; and the globe by which the map library draws heights. */
const AXIS_M = 6_378_137
const SQUARE = 0.00669437999014
const GLOBE_M = 6_371_008.8

interface Spot {
  /** On the map, which is one by one; y looks down. */
  x: number
  y: number
  /** How long a metre east, north and up is there: on an ellipsoid these are three. */
  metre: Vector3
}

function spotOf(lon: number, lat: number): Spot {
  const [sine, cosine] = [Math.sin(lat * DEGREE), Math.cos(lat * DEGREE)]
  const bend = 1 - SQUARE * sine * sine
  const across = AXIS_M / Math.sqrt(bend)
  const along = (across * (1 - SQUARE)) / bend
  const metre = new Vector3(1 / across, 1 / along, 1 / GLOBE_M).divideScalar(2 * Math.PI * cosine)
  return { x: (lon + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI), metre }
}

export class Ground {
  private readonly middle: Spot

  constructor(lon: number, lat: number) {
    this.middle = spotOf(lon, lat)
  }

  /** From these metres to the map's own coordinates. */
  get onMap(): Matrix4 {
    const { x, y, metre } = this.middle
    return new Matrix4().makeTranslation(x, y, 0).scale(new Vector3(metre.x, -metre.y, metre.z))
  }

  degrees(point: Vector3): [lon: number, lat: number] {
    const { x, y, metre } = this.middle
    const north = Math.atan(Math.sinh(Math.PI * (1 - 2 * (y - point.y * metre.y))))
    return [(x + point.x * metre.x) * 360 - 180, north / DEGREE]
  }

  /**
   * From metres from the middle of the earth to these, right round one point and good to some centimetres a quarter of a kilometre off:
   * each tile has its own, because far off the earth bends away and the map's scale is another.
   */
  from(ellipsoid: Ellipsoid, lon: number, lat: number, move: Vector3): Matrix4 {
    const [there, here] = [spotOf(lon, lat), this.middle]
    const upright = ellipsoid.getEastNorthUpFrame(lat * DEGREE, lon * DEGREE, 0, new Matrix4())
    return new Matrix4()
      .makeTranslation((there.x - here.x) / here.metre.x, (here.y - there.y) / here.metre.y, 0)
      .scale(there.metre.clone().divide(here.metre))
      .multiply(new Matrix4().makeTranslation(move.x, move.y, move.z))
      .multiply(upright.invert())
  }
}

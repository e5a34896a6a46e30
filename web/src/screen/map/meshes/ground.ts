/** The flat ground of the map round a point, in metres: east, north, up. The map is Web Mercator, the meshes stand on a round earth. */
import { MercatorCoordinate } from 'maplibre-gl'
import { Matrix4, Vector3 } from 'three'
import type { Ellipsoid } from '3d-tiles-renderer/three'

const DEGREE = Math.PI / 180

export class Ground {
  private readonly middle: MercatorCoordinate
  private readonly unit: number

  constructor(lon: number, lat: number) {
    this.middle = MercatorCoordinate.fromLngLat([lon, lat])
    this.unit = this.middle.meterInMercatorCoordinateUnits()
  }

  /** From these metres to the map's own coordinates, in which the world is one by one and y looks down. */
  get onMap(): Matrix4 {
    const { x, y } = this.middle
    return new Matrix4().makeTranslation(x, y, 0).scale(new Vector3(this.unit, -this.unit, this.unit))
  }

  degrees(point: Vector3): [lon: number, lat: number] {
    const there = new MercatorCoordinate(this.middle.x + point.x * this.unit, this.middle.y - point.y * this.unit, 0).toLngLat()
    return [there.lng, there.lat]
  }

  /**
   * From metres from the middle of the earth to these, right round one point and good to a centimetre some hundred metres round it:
   * each tile has its own, because far off the earth bends away and the map's scale is another.
   */
  from(ellipsoid: Ellipsoid, lon: number, lat: number, move: Vector3): Matrix4 {
    const there = MercatorCoordinate.fromLngLat([lon, lat])
    const grown = there.meterInMercatorCoordinateUnits() / this.unit
    const upright = ellipsoid.getEastNorthUpFrame(lat * DEGREE, lon * DEGREE, 0, new Matrix4())
    return new Matrix4()
      .makeTranslation((there.x - this.middle.x) / this.unit, (this.middle.y - there.y) / this.unit, 0)
      .scale(new Vector3(grown, grown, grown))
      .multiply(new Matrix4().makeTranslation(move.x, move.y, move.z))
      .multiply(upright.invert())
  }
}

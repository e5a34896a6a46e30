/** Where meshes stand on the map, how they are seen, and which house is hit. */
import type { Feature, Position } from 'geojson'
import { Camera, Matrix4, PerspectiveCamera, Vector3 } from 'three'
import { WGS84_ELLIPSOID } from '3d-tiles-renderer/three'
import { describe, expect, it } from 'vitest'
import { look, rayThrough } from '../map/meshes/eye'
import { Ground } from '../map/meshes/ground'
import { blocksBeside } from '../map/meshes/rows'
import { holding } from '../map/meshes/within'

const DEGREE = Math.PI / 180
const STILL = new Vector3()
const onEarth = (lon: number, lat: number, height = 0) =>
  WGS84_ELLIPSOID.getCartographicToPosition(lat * DEGREE, lon * DEGREE, height, new Vector3()) as Vector3

describe('the eye', () => {
  const known = new PerspectiveCamera(37, 1.6, 5, 20_000)
  known.up.set(0, 0, 1)
  known.position.set(300, -900, 700)
  known.lookAt(20, 40, 0)
  known.updateMatrixWorld()
  // As the map gives it: one matrix, in a scale of its own.
  const matrix = known.projectionMatrix.clone().multiply(known.matrixWorldInverse).multiplyScalar(3.7)
  const found = new Camera()
  look(found, matrix)

  it('stands and looks as the matrix says', () => {
    found.matrixWorld.elements.forEach((each, n) => expect(each).toBeCloseTo(known.matrixWorld.elements[n] as number, 6))
    found.projectionMatrix.elements.forEach((each, n) => expect(each).toBeCloseTo(known.projectionMatrix.elements[n] as number, 6))
  })

  it('looks through a point of the picture at what is drawn there', () => {
    const spot = new Vector3(55, -20, 12)
    const drawn = spot.clone().project(known)
    const { origin, direction } = rayThrough(found, drawn.x, drawn.y)
    expect(spot.sub(origin).normalize().dot(direction)).toBeCloseTo(1, 9)
  })
})

describe('the ground', () => {
  const [lon, lat] = [117.2, 39.05]
  const ground = new Ground(lon, lat)

  /** Metres between where a spot of the earth is put and where the map has it. */
  const off = (frame: Matrix4, [east, north]: [number, number], height: number) => {
    const put = onEarth(east, north, height).applyMatrix4(frame)
    const [x, y] = ground.degrees(put)
    return Math.hypot((x - east) * 86_500, (y - north) * 111_000, put.z - height)
  }

  it('has each tile where the map has it, a quarter of a kilometre round its middle', () => {
    const [there, up]: [number, number] = [117.26, 39.09]
    const own = ground.from(WGS84_ELLIPSOID, there, up, STILL)
    for (const [east, north] of [[0, 0], [0.0028, 0], [0, 0.0022], [-0.0028, -0.0022]] as const)
      expect(off(own, [there + east, up + north], 60)).toBeLessThan(0.08)
  })

  it('would have a far tile metres off with the frame of the middle', () => {
    expect(off(ground.from(WGS84_ELLIPSOID, lon, lat, STILL), [117.26, 39.09], 0)).toBeGreaterThan(2)
  })

  it('moves what was measured in another system', () => {
    const put = onEarth(lon, lat, 10).applyMatrix4(ground.from(WGS84_ELLIPSOID, lon, lat, new Vector3(500, -80, 7)))
    expect(put.toArray().map((each) => Math.round(each * 1000) / 1000)).toEqual([500, -80, 17])
  })
})

describe('the house that is hit', () => {
  const square = (west: number, side: number): Position[] => [[west, 0], [west + side, 0], [west + side, side], [west, side], [west, 0]]
  const area = (...rings: Position[][]): Feature => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: rings } })
  const court = area(square(0, 3), [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]])
  const several: Feature = { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: [[square(9, 1)], [square(5, 1)]] } }

  it('is the one whose outline holds the spot; a court is outside', () => {
    expect(holding([several, court], [0.5, 0.5])).toBe(court)
    expect(holding([several, court], [1.5, 1.5])).toBeUndefined()
    expect(holding([court, several], [5.5, 0.5])).toBe(several)
    expect(holding([], [0, 0])).toBeUndefined()
  })
})

it('leaves out the blocks of the sets that are drawn, and no others', () => {
  expect(blocksBeside(['a1'])).toEqual([
    'any',
    ['<', ['zoom'], 14],
    ['!', ['in', ['coalesce', ['get', 'mesh'], ''], ['literal', ['a1']]]],
  ])
})

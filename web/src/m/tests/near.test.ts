import { expect, test } from 'vitest'
import { frameAround, toPicture, withoutOverlap } from '../near/frame'
import { byDistance, matching } from '../near/order'
import { contains } from '../place/areas'
import { distance_m, middle } from '../place/shapes'

const here = { lon: 117.22, lat: 39.08 }
const site = (title: string, lon: number | null, category = 'works', status = 'done') =>
  ({ title, category, status, at: lon === null ? null : { lon, lat: 39.08 } })

test('a hundredth of a degree of longitude in Hexi is about 863 metres', () => {
  expect(distance_m(here, { lon: 117.23, lat: 39.08 })).toBeCloseTo(863.2, 0)
  expect(distance_m(here, here)).toBe(0)
})

test('the nearest project comes first and one without a point last', () => {
  const order = byDistance([site('远', 117.3), site('无', null), site('近', 117.221), site('中', 117.2)], here)
  expect(order.map(({ title }) => title)).toEqual(['近', '中', '远', '无'])
  expect(order[3]?.away_m).toBeNull()
})

test('without a place of one\'s own the order is that of the titles', () => {
  expect(byDistance([site('b', 117.3), site('a', 117.2)], null).map(({ title }) => title)).toEqual(['a', 'b'])
})

test('category and status narrow together, an empty wish narrows nothing', () => {
  const sites = [site('1', 1), site('2', 1, 'works', 'late'), site('3', 1, 'service', 'late')]
  expect(matching(sites, { category: 'works', status: 'late' }).map(({ title }) => title)).toEqual(['2'])
  expect(matching(sites, { category: '', status: '' })).toHaveLength(3)
})

const square = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
const hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]

test('an area holds what lies in it, but not what lies in its hole or beside it', () => {
  const area = { type: 'Polygon' as const, coordinates: [square, hole] }
  expect(contains(area, { lon: 3, lat: 3 })).toBe(true)
  expect(contains(area, { lon: 1.5, lat: 1.5 })).toBe(false)
  expect(contains(area, { lon: 5, lat: 3 })).toBe(false)
  expect(contains({ type: 'MultiPolygon', coordinates: [[square], [[[9, 9], [10, 9], [10, 10], [9, 9]]]] }, { lon: 9.9, lat: 9.5 })).toBe(true)
  expect(contains({ type: 'Point', coordinates: [3, 3] }, { lon: 3, lat: 3 })).toBe(false)
})

test('the middle of a point is the point, of a shape the middle of its box', () => {
  expect(middle({ type: 'Point', coordinates: [117, 39] })).toEqual({ lon: 117, lat: 39 })
  expect(middle({ type: 'Polygon', coordinates: [square] })).toEqual({ lon: 2, lat: 2 })
  expect(middle(null)).toBeNull()
})

test('the picture holds me and every point, with room for the pins', () => {
  const size = { width: 360, height: 220 }
  const points = [here, { lon: 117.25, lat: 39.03 }, { lon: 117.19, lat: 39.1 }]
  const place = toPicture(frameAround(points, size))
  for (const [x, y] of points.map(place)) {
    expect(x).toBeGreaterThanOrEqual(33)
    expect(x).toBeLessThanOrEqual(327)
    expect(y).toBeGreaterThanOrEqual(33)
    expect(y).toBeLessThanOrEqual(214)
  }
})

test('one point alone is shown with a kilometre round it, in the middle', () => {
  const frame = frameAround([here], { width: 360, height: 220 })
  expect(frame.center).toEqual(here)
  expect(1000 * frame.scale).toBeLessThanOrEqual(360)
})

test('names that would cover each other or the edge are left out', () => {
  const name = (text: string, x: number, y: number) => ({ text, at: [x, y] as [number, number] })
  const shown = withoutOverlap([name('天塔街道', 100, 100), name('马场街道', 120, 105), name('柳林街道', 250, 100), name('东海街道', 355, 50)], { width: 360, height: 220 }, 11)
  expect(shown.map(({ text }) => text)).toEqual(['天塔街道', '柳林街道'])
})

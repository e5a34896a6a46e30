import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import type { Feature, FeatureCollection, Position } from 'geojson'
import { expect, test } from 'vitest'
import { shortName } from '../../shared/places'
import type { Layer } from '../../shared/spec'
import { nearest } from '../map/areas'
import type { BaseMap } from '../map/base'
import { labelled, labelPoints, outlineOf, pointsOf } from '../map/features'
import { FrameCount } from '../map/frames'
import { framing } from '../map/framing'
import { houseAt } from '../map/houses'
import { netted } from '../map/layerData'
import type { Palette } from '../map/palette'
import { isWithin, nextPlace } from '../map/places'
import { isDrawable, mapStyle, type Look } from '../map/style'

const PALETTE: Palette = {
  base: '#000',
  land: '#111',
  green: '#010',
  water: '#001',
  waterEdge: '#002',
  road: '#222',
  roadMajor: '#333',
  roadCase: '#111',
  building: '#444',
  buildingHigh: '#555',
  edge: '#666',
  divide: '#777',
  label: '#fff',
  halo: '#000',
  pick: '#eee',
  accent: '#08f',
  scale: ['#111', '#222', '#333', '#444', '#555'],
  series: ['#1', '#2', '#3', '#4'].map(() => '#abc'),
  status: { ok: '#0a0', watch: '#aa0', breach: '#a00', stale: '#888', awaiting: '#999', absent: '#999', none: '#777' },
  levels: ['#f00', '#fa0', '#ff0', '#00f'],
}
const LOOK: Look = { palette: PALETTE, scale: 1, base: null, lang: 'zh' }
const layer = (id: string, kind: string, source: string, more: Partial<Layer> = {}): Layer => ({
  id,
  kind,
  title: id,
  data: { source },
  ...more,
})
const LAYERS = [
  layer('buildings', 'extrude', 'space.buildings', { minzoom: 13 }),
  layer('streets', 'area', 'space.streets'),
  layer('communities', 'area', 'space.communities', { minzoom: 13 }),
  layer('water', 'fill', 'space.water'),
  layer('green', 'fill', 'space.green'),
  layer('roads', 'line', 'space.roads'),
  layer('rate', 'fill', 'indicators.x', { encode: { value: 'v' } }),
  layer('sites', 'point', 'projects.sites', { encode: { status: 'status', title: 'title' } }),
  layer('alarms', 'alarm', 'cases.alarms', { encode: { level: 'level' } }),
  layer('outlets', 'cluster', 'x.outlets'),
  layer('calls', 'heat', 'x.calls'),
  layer('pipes', 'line', 'x.pipes', { encode: { status: 'state' } }),
]

test('the style of all layer kinds is valid, without glyphs or sprites', () => {
  const style = mapStyle(LAYERS, LOOK)
  // Without glyphs MapLibre draws text from local fonts; the validator of the style does not know that yet.
  const errors = validateStyleMin(style as never).filter((error) => !error.message.includes('glyphs'))
  expect(errors).toEqual([])
  expect(style.glyphs).toBeUndefined()
})

const BASE_MAP: BaseMap = {
  tiles: '/api/tiles/base/{z}/{x}/{y}.mvt?v=1',
  minzoom: 8,
  maxzoom: 15,
  box: [117, 39, 118, 40],
  origin: { zh: '来源', en: 'source' },
}

test('where a base map was imported, its tiles carry the ground under the same paint', () => {
  const style = mapStyle(LAYERS, { ...LOOK, base: BASE_MAP })
  const errors = validateStyleMin(style as never).filter((error) => !error.message.includes('glyphs'))
  expect(errors).toEqual([])
  expect(Object.keys(style.sources)).not.toEqual(expect.arrayContaining(['roads']))
  expect(style.sources['base']).toMatchObject({ type: 'vector', maxzoom: 15 })
  const of = (id: string) => style.layers.find((one) => one.id === id)
  expect(of('roads:road')).toMatchObject({ source: 'base', 'source-layer': 'roads' })
  expect(of('buildings:extrude')).toMatchObject({ source: 'base', 'source-layer': 'buildings' })
  expect(of('sites:point')).toMatchObject({ source: 'sites' })
  expect(of('base/buildings:case')).toBeUndefined()
  const without = mapStyle([], { ...LOOK, base: BASE_MAP }).layers.map((one) => one.id)
  expect(without).toContain('base/buildings:case')
})

test('names of the base map are in the language of the reader', () => {
  const field = (lang: 'zh' | 'en') =>
    JSON.stringify(mapStyle(LAYERS, { ...LOOK, base: BASE_MAP, lang }).layers.find((one) => one.id === 'base/roads:label'))
  expect(field('zh')).not.toContain('name_en')
  expect(field('en')).toContain('name_en')
})

test('the ground lies below the roads, the roads below the buildings, names on top', () => {
  const ids = mapStyle(LAYERS, LOOK).layers.map((one) => one.id)
  const order = [
    'base',
    'streets:land',
    'rate:fill',
    'water:ground',
    'roads:road',
    'streets:line',
    'buildings:extrude',
    'sites:point',
    'streets:label',
  ]
  expect(order.map((id) => ids.indexOf(id))).toEqual([...order.map((id) => ids.indexOf(id))].sort((a, b) => a - b))
  expect(ids).toContain('streets:label')
})

test('a wall sees the same layers at the same picture', () => {
  const start = (scale: number) => mapStyle(LAYERS, { ...LOOK, scale }).layers.find((one) => one.id === 'buildings:extrude')?.minzoom
  expect([start(1), start(2)]).toEqual([13, 14])
})

test('two slow seconds in a row are the machine, one is not', () => {
  const moved = (...perSecond: number[]) => {
    const count = new FrameCount()
    count.begin(0)
    return perSecond
      .flatMap((frames, second) => Array.from({ length: frames }, (_, index) => count.frame((second + (index + 1) / frames) * 1000)))
      .some(Boolean)
  }
  expect([moved(5, 5), moved(5, 60, 5), moved(60, 60, 60)]).toEqual([true, false, false])
})

test('a kind that cannot be drawn is known as such', () => {
  expect([isDrawable(layer('h', 'hex', 'x')), isDrawable(layer('s', 'area', 'x'))]).toEqual([false, true])
})

const square = (x: number, y: number): Position[] => [
  [x, y],
  [x + 1, y],
  [x + 1, y + 1],
  [x, y + 1],
  [x, y],
]
const area = (code: string, ring: Position[], more = {}): Feature => ({
  type: 'Feature',
  id: 7,
  properties: { code, name: { zh: `${code}路街道`, en: `${code} Sub-district` }, ...more },
  geometry: { type: 'Polygon', coordinates: [ring] },
})
const collection = (...features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

test('features carry their place code as id and a short label in the language of the reader', () => {
  const ready = labelled(collection(area('120103001', square(0, 0))), LAYERS[1] as Layer, 'zh')
  expect(ready.features[0]?.properties).toMatchObject({ fid: '120103001', label: '120103001路', mark: 'none' })
  expect(labelled(collection(area('a', square(0, 0))), LAYERS[1] as Layer, 'en').features[0]?.properties?.['label']).toBe('a')
  expect([shortName('友谊路街道'), shortName('街道'), shortName('谊景村社区'), shortName('大营门街道第02社区（示例）')]).toEqual([
    '友谊路',
    '街道',
    '谊景村',
    '第02社区（示例）',
  ])
})

test('areas with a figure know their depth between the least and the most', () => {
  const answer = collection(
    area('a', square(0, 0), { v: 20 }),
    area('b', square(1, 0), { v: 25 }),
    area('c', square(2, 0), { v: 30 }),
    area('d', square(3, 0), { v: null }),
  )
  const levels = (features: FeatureCollection) =>
    labelled(features, LAYERS[6] as Layer, 'zh').features.map((one) => one.properties?.['level'] as number)
  expect(levels(answer)).toEqual([0, 0.5, 1, -1])
  expect(levels(collection(area('a', square(0, 0), { v: 20 })))).toEqual([0.5])
})

test('the outline of neighbours leaves out their common edge', () => {
  const lines = outlineOf(collection(area('a', square(0, 0)), area('b', square(1, 0)))).features[0]?.geometry
  expect(lines?.type === 'MultiLineString' && lines.coordinates.length).toBe(6)
})

test('a name stands in the middle of its area, or where the server says', () => {
  const points = labelPoints(collection(area('a', square(0, 0)), area('b', square(3, 0), { label_at: [3.2, 0.1] })))
  expect(points.features.map((one) => one.geometry.type === 'Point' && one.geometry.coordinates)).toEqual([
    [0.5, 0.5],
    [3.2, 0.1],
  ])
})

const ROOM = { width: 1000, height: 600, top: 60, right: 24, bottom: 40, left: 24 }
const CORNERS: Position[] = [
  [117.17, 39.03],
  [117.29, 39.03],
  [117.29, 39.13],
  [117.17, 39.13],
]

test('seen from above the extent fills the room and lies in its middle', () => {
  const { center, zoom } = framing(CORNERS, { pitch: 0, bearing: 0 }, { ...ROOM, top: 50, bottom: 50 }) ?? { center: [0, 0], zoom: 0 }
  expect(center[0]).toBeCloseTo(117.23, 5)
  expect(center[1]).toBeCloseTo(39.08, 3)
  const heightPixels = 512 * 2 ** zoom * (0.1 / 360 / Math.cos((39.08 * Math.PI) / 180))
  expect(heightPixels).toBeCloseTo(500, 0)
})

test('a tilt shows more, and a point more never shows less', () => {
  const above = framing(CORNERS, { pitch: 0, bearing: 0 }, ROOM)?.zoom ?? 0
  const tilted = framing(CORNERS, { pitch: 44, bearing: 0 }, ROOM)?.zoom ?? 0
  const wider = framing([...CORNERS, [117.4, 39.2]], { pitch: 44, bearing: -24 }, ROOM)?.zoom ?? 0
  expect(tilted).toBeGreaterThan(above)
  expect(wider).toBeLessThan(tilted)
  expect(framing([], { pitch: 0, bearing: 0 }, ROOM)).toBeNull()
})

test('a small room and a small area never end behind the camera', () => {
  const area: Position[] = [
    [117.2255, 39.0852],
    [117.245, 39.088],
    [117.243, 39.055],
    [117.224, 39.058],
  ]
  const zooms = [150, 250, 404, 600, 900].map((height) => framing(area, { pitch: 60, bearing: -24 }, { ...ROOM, height })?.zoom ?? 0)
  expect(zooms).toEqual([...zooms].sort((a, b) => a - b))
  expect(Math.max(...zooms)).toBeLessThan(16)
})

test('all points of all kinds of geometry are known', () => {
  expect(
    pointsOf([area('a', square(0, 0)), { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [5, -2] } }]),
  ).toHaveLength(6)
})

test('small moves of the map ask for nothing new', () => {
  const one = netted({ box: [117.201, 39.051, 117.259, 39.099], zoom: 13.2 })
  const two = netted({ box: [117.203, 39.052, 117.258, 39.097], zoom: 13.9 })
  expect(one).toEqual({ box: [117.2, 39.04, 117.26, 39.1], zoom: 13 })
  expect(two).toEqual(one)
})

test('a click goes one level down, or to the neighbour', () => {
  const [a, a3, a5, b, b1] = ['120103001', '120103001003', '120103001005', '120103002', '120103002001']
  expect(nextPlace(undefined, [a3, a] as string[])).toBe(a)
  expect(nextPlace(a, [a3, a] as string[])).toBe(a3)
  expect(nextPlace(a, [b, b1] as string[])).toBe(b)
  expect(nextPlace(a3, [a, a5] as string[])).toBe(a5)
  expect(nextPlace(a3, [a, a3] as string[])).toBeUndefined()
  expect([isWithin(a3 as string, a), isWithin(b as string, a), isWithin('x', undefined)]).toEqual([true, false, true])
})

test('a place without an outline of its own is seen in the smallest one round it', () => {
  const street = { type: 'Feature', properties: { code: '120103008' }, geometry: { type: 'Point', coordinates: [117, 39] } } as Feature
  expect(nearest([street], ['120103', '120103008', '120103008001'])).toEqual([[117, 39]])
  expect(nearest([street], ['120103', '120103009'])).toEqual([])
})

const onMap = (zoom: number, code: unknown) => ({
  getZoom: () => zoom,
  getLayersOrder: () => ['base', 'roads:road', 'buildings:extrude'],
  getLayoutProperty: () => undefined,
  queryRenderedFeatures: (_: unknown, { layers }: { layers: string[] }) => (layers.includes('buildings:extrude') ? [{ properties: { code } }] : []),
})

test('a building is meant where it is large enough to be pressed and has a code', () => {
  const at = (zoom: number, code: unknown) => houseAt(onMap(zoom, code) as never, {} as never)
  expect([at(16, 'B0000001'), at(14.9, 'B0000001'), at(16, undefined), at(16, '')]).toEqual(['B0000001', undefined, undefined, undefined])
})

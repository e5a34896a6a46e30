// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { placed } from '../outbox/body'
import { takenOf } from '../outbox/exif'
import { frameOf, moved, toGround } from '../place/mapFrame'
import { toPicture } from '../near/frame'
import { isPhone, parcelOf, titleOf } from '../report/body'
import { found, groupsOf } from '../report/categories'
import { device } from '../device/store'
import { change, keepStep, useReport, type Report } from '../report/draft'

const report = (over: Partial<Report> = {}): Report => ({
  step: 'who', photos: [], spot: { point: { lon: 117.2, lat: 39.1 }, place: '120103001001', name: '某社区', by: 'phone' }, address: ' 3 号楼 ', kind: 'urban', category: 'part.lamp',
  categoryName: '路灯不亮', words: '晚上看不清。第二句', occurredAt: null, danger: false, answers: {}, name: '', phone: '', ...over,
})

test('a report says nothing of who it is when nothing was said', () => {
  expect(parcelOf(report()).body['reporter']).toEqual({ name: '', phone: '', anonymous: true })
  expect(parcelOf(report({ phone: ' 138 ' })).body['reporter']).toEqual({ name: '', phone: '138', anonymous: false })
})

test('a place that was chosen is sent as that place, and a point only when somebody pointed', () => {
  expect(parcelOf(report()).body).toMatchObject({ point: { lon: 117.2, lat: 39.1, datum: 'wgs84' }, address: '3 号楼' })
  const chosen = parcelOf(report({ spot: { point: { lon: 117.2, lat: 39.1 }, place: '120103001001', name: '某社区', by: 'chosen' } })).body
  expect(chosen).toMatchObject({ place: '120103001001' })
  expect(chosen).not.toHaveProperty('point')
})

test('the title is the topic and the first sentence, and fits', () => {
  expect(titleOf({ categoryName: '路灯不亮', words: '晚上看不清。第二句' })).toBe('路灯不亮：晚上看不清')
  expect(titleOf({ categoryName: '路灯不亮', words: '长'.repeat(90) }).length).toBeLessThanOrEqual(40)
})

const row = (code: string, name: string, more = {}) => ({ id: 1, code, name, name_en: '', kind: 'urban', urgency: 'normal', opens_when: '', ...more })
const rows = [row('part', '部件'), row('part.road', '道路'), row('part.road.hole', '坑洞', { urgency: 'danger', opens_when: '路面塌陷' }), row('part.lamp', '路灯不亮'), row('inner', '内部', { kind: 'alarm' })]

test('topics stand in the branch right above them, and kinds that are not open are left out', () => {
  const groups = groupsOf(rows, new Set(['urban']), 'zh')
  expect(groups.map((group) => [group.name, group.topics.map((topic) => topic.name)])).toEqual([['道路', ['坑洞']], ['部件', ['路灯不亮']]])
  expect(groups[0]?.topics[0]?.danger).toBe(true)
})

test('a topic is found by its name, its branch or the condition behind it', () => {
  const groups = groupsOf(rows, new Set(['urban']), 'zh')
  expect(found(groups, '塌陷').map((topic) => topic.code)).toEqual(['part.road.hole'])
  expect(found(groups, '道路 坑').map((topic) => topic.code)).toEqual(['part.road.hole'])
  expect(found(groups, '噪声')).toEqual([])
})

test('the number of a file goes where the body wants it', () => {
  expect(placed({ values: { a: 1 } }, 'values.photo', 5)).toEqual({ values: { a: 1, photo: 5 } })
  expect(placed(placed({}, 'files[]', 5), 'files[]', 6)).toEqual({ files: [5, 6] })
})

test('a spot on the picture leads back to the ground that it shows', () => {
  const frame = frameOf({ lon: 117.2, lat: 39.1 }, 800, { width: 360, height: 260 })
  const point = moved({ lon: 117.2, lat: 39.1 }, 120, -80)
  const back = toGround(frame)(toPicture(frame)(point))
  expect(back.lon).toBeCloseTo(point.lon, 8)
  expect(back.lat).toBeCloseTo(point.lat, 8)
})

test.each([['', true], ['  ', true], ['13800001234', true], ['022-2345 6789', true], ['12', false], ['1380000x', false], ['----------', false]])('a telephone %j is one that somebody may call: %j', (text, good) => {
  expect(isPhone(text)).toBe(good)
})

test('a step shows once it lies on the phone, with what was written meanwhile', async () => {
  change({ words: '垃圾堆在' })
  const gone = keepStep('near')
  change({ words: '垃圾堆在路边' })
  expect(useReport.getState().step, 'not before it is kept').toBe('photo')
  await gone
  expect(useReport.getState().step).toBe('near')
  expect((await (await device()).get('drafts', 'report'))?.body).toMatchObject({ step: 'near', words: '垃圾堆在路边' })
})

/** A JPEG head with time and place, as a camera writes it. */
function head({ little = true } = {}): Blob {
  const bytes = new DataView(new ArrayBuffer(400))
  const base = 12
  const put16 = (at: number, value: number) => bytes.setUint16(base + at, value, little)
  const put32 = (at: number, value: number) => bytes.setUint32(base + at, value, little)
  const text = (at: number, value: string) => [...value].forEach((letter, index) => bytes.setUint8(base + at + index, letter.charCodeAt(0)))
  const entry = (at: number, tag: number, type: number, count: number, value: number) => { put16(at, tag); put16(at + 2, type); put32(at + 4, count); put32(at + 8, value) }
  const degrees = (at: number, ...parts: number[]) => parts.forEach((part, index) => { put32(at + index * 8, part * 100); put32(at + index * 8 + 4, 100) })
  bytes.setUint16(0, 0xffd8); bytes.setUint16(2, 0xffe1); bytes.setUint16(4, 380); bytes.setUint32(6, 0x45786966)
  bytes.setUint16(base, little ? 0x4949 : 0x4d4d); put16(2, 42); put32(4, 8)
  put16(8, 2); entry(10, 0x8769, 4, 1, 50); entry(22, 0x8825, 4, 1, 100)
  put16(50, 2); entry(52, 0x9003, 2, 20, 200); entry(64, 0x9011, 2, 7, 230)
  text(200, '2026:11:20 08:30:00'); text(230, '+08:00')
  put16(100, 4); entry(102, 1, 2, 2, 0); text(110, 'N'); entry(114, 2, 5, 3, 260); entry(126, 3, 2, 2, 0); text(134, 'E'); entry(138, 4, 5, 3, 300)
  degrees(260, 39, 6, 0); degrees(300, 117, 12, 0)
  return { slice: () => ({ arrayBuffer: () => Promise.resolve(bytes.buffer) }) } as unknown as Blob
}

test.each([true, false])('a photo tells where and when it was taken, in either byte order (little: %s)', async (little) => {
  const taken = await takenOf(head({ little }))
  expect(taken.point?.lat).toBeCloseTo(39.1, 6)
  expect(taken.point?.lon).toBeCloseTo(117.2, 6)
  expect(taken.at?.toISOString()).toBe('2026-11-20T00:30:00.000Z')
})

test('what is no JPEG or is cut off says nothing and breaks nothing', async () => {
  for (const size of [0, 3, 40]) {
    const file = { slice: () => ({ arrayBuffer: () => Promise.resolve(new ArrayBuffer(size)) }) } as unknown as Blob
    expect(await takenOf(file)).toEqual({ at: null, point: null })
  }
})

import { expect, test } from 'vitest'
import { aroundPath, coarse, paced, wayPath, type Around, type Ask, type Kind, type Outlet, type Told } from '../data/nearby'
import { found, kindsIn, meantFor, meantOf, minutesOf, present } from '../nearby/finding'
import { parseFrom } from '../nearby/from'
import { standing, whenSaid } from '../nearby/open'
import { deviceMark, voiceParcel } from '../nearby/sending'
import { pathOf, routeOf } from '../routes'

const MIDNIGHT = '2026-11-23T00:00:00+08:00' // a Monday
const at = (hours: number, minutes = 0): number => Date.parse(MIDNIGHT) + (hours * 60 + minutes) * 60_000
const DAY = 1440
const week = Array.from({ length: 8 }, (_, day): [number, number] => [day * DAY + 420, day * DAY + 1260])
const hours = { from: MIDNIGHT, until: '2026-12-01T00:00:00+08:00', open: { daily: week, always: [[0, 8 * DAY] as [number, number]], never: [], odd: null } }

test('what is open says until when, and says so louder half an hour before', () => {
  expect(standing(hours, 'daily', at(12))).toEqual({ is: 'open', until: at(21) })
  expect(standing(hours, 'daily', at(20, 31))).toEqual({ is: 'closing', until: at(21) })
  expect(standing(hours, 'always', at(3))).toEqual({ is: 'open', until: null })
})

test('what is closed says when it opens; what is not known is not guessed, nor once the answer is a week old', () => {
  expect(standing(hours, 'daily', at(21))).toEqual({ is: 'closed', opens: at(31) })
  expect(standing(hours, 'never', at(12))).toEqual({ is: 'closed', opens: null })
  for (const text of ['odd', '', 'unheard of']) expect(standing(hours, text, at(12))).toEqual({ is: 'unknown' })
  expect(standing(hours, 'daily', at(8 * 24))).toEqual({ is: 'unknown' })
})

test('a moment is said with its day when it is not today', () => {
  expect(whenSaid(at(21), at(12), 'zh')).toBe('21:00')
  expect(whenSaid(at(31), at(21), 'zh')).toBe('明天 07:00')
  expect(whenSaid(at(79), at(21), 'en')).toContain('07:00')
})

const kind = (key: string, zh: string, en: string, calls: string[] = [], count = 1): Kind => ({ key, label: { zh, en }, group: 'basic', counts: { adult: count }, count, calls })
const KINDS = [kind('hairdresser', '美容美发店', 'hairdresser', ['理发', '剪头']), kind('greengrocer', '生鲜超市（菜店）', 'greengrocer', ['买菜']), kind('pharmacy', '药店', 'pharmacy', ['买药'], 0)]

test.each([
  ['附近哪里能理发', ['hairdresser']], ['理发', ['hairdresser']], ['菜店', ['greengrocer']], ['我想买菜，再买药', ['greengrocer', 'pharmacy']],
  ['Pharmacy', ['pharmacy']], ['银行', []], ['', []],
])('a sentence as people say it means its kinds: %s', (words, kinds) => {
  expect([...kindsIn(words, KINDS)].sort()).toEqual(kinds)
})

const outlet = (id: number, part: Partial<Outlet>): Outlet =>
  ({ id, title: `示例${id}`, kind: 'hairdresser', lon: 117.2, lat: 39, seconds: 300, metres: 330, exact: true, walks: {}, hours: 'daily', seen_on: null, seen_as: null, doubt: null, facts: {}, ...part })
const around = { ...hours, kinds: KINDS, meant: [], rows: [outlet(1, {}), outlet(2, { seconds: 601, hours: '' }), outlet(3, { kind: 'greengrocer', facts: { address: '围堤道88号' } })] } as unknown as Around
const ids = (wish: Partial<Parameters<typeof found>[1]>, now = at(12)): number[] =>
  found(around, { kind: '', words: '', openNow: false, minutes: 15, ...wish }, now).map(({ id }) => id)

test('kind, words, minutes and the clock narrow together', () => {
  expect(ids({})).toEqual([1, 2, 3])
  expect(ids({ words: '附近哪里能理发', minutes: 10 })).toEqual([1])
  expect(ids({ words: '围堤道' })).toEqual([3])
  expect(ids({ kind: 'greengrocer', openNow: true })).toEqual([3])
  expect(ids({ openNow: true }, at(23))).toEqual([])
  expect(present(around).map(({ key }) => key)).toEqual(['hairdresser', 'greengrocer'])
})

test('one answer is read at every pace, and by whom steps stop', () => {
  const walker = (key: string, metres_per_minute: number, path = key) => ({ key, label: key, metres_per_minute, path })
  const row = (id: number, walks: Outlet['walks']) => ({ ...outlet(id, {}), walks })
  const told = {
    ...hours, minutes: 15, walkers: [walker('adult', 66.7), walker('elder', 55.2, 'adult'), walker('wheelchair', 54.9)],
    kinds: [{ ...kind('pharmacy', '药店', 'pharmacy'), counts: { adult: 2, elder: 1 } }],
    rows: [row(1, { adult: { metres: 900, exact: true }, wheelchair: { metres: 400, exact: true } }), row(2, { adult: { metres: 667, exact: false } })],
  } as unknown as Told
  expect(paced(told, 'adult').rows.map(({ id, seconds }) => [id, Math.round(seconds)])).toEqual([[2, 600], [1, 810]])
  expect(paced(told, 'elder')).toMatchObject({ exact: false, walker: 'elder', kinds: [{ count: 1 }], rows: [{ id: 2, seconds: (60 * 667) / 55.2 }] })
  expect(paced(told, 'wheelchair')).toMatchObject({ exact: true, kinds: [{ count: 0 }], rows: [{ id: 1, metres: 400 }] })
  expect(paced(told, 'nobody').walker).toBe('adult')
})

test('at the pace of a child what a child needs is one choice, and there is none at the pace of others', () => {
  const meant = [{ walker: 'child', label: '儿童服务', kinds: ['greengrocer'] }]
  const ours = { ...around, meant, walker: 'child' } as Around
  expect(meantOf(ours)?.label).toBe('儿童服务')
  expect(meantOf({ ...ours, walker: 'adult' })).toBeUndefined()
  expect(found(ours, { kind: meantFor('child'), words: '', openNow: false, minutes: 15 }, at(12)).map(({ id }) => id)).toEqual([3])
})

test('who stands before the door still walks a minute', () => {
  expect([0, 60, 61].map(minutesOf)).toEqual([1, 1, 2])
})

test('nothing finer than ten metres leaves the phone', () => {
  expect(coarse({ lon: 117.22345678, lat: 39.08123456 })).toEqual({ lon: 117.2235, lat: 39.0812 })
  expect(aroundPath('outlets', { lon: 117.22345678, lat: 39.08123456 })).toBe('/api/nearby/outlets?lon=117.2235&lat=39.0812&minutes=15')
  expect(wayPath('outlets', 7, { lon: 117.22345678, lat: 39.08123456 }, 'adult')).toBe('/api/nearby/outlets/7/route?lon=117.2235&lat=39.0812&walker=adult')
})

test('a place that was kept badly is no place', () => {
  expect(parseFrom('{"lon":117.2,"lat":39,"name":"家"}')).toEqual({ lon: 117.2, lat: 39, name: '家' })
  for (const text of [null, '{', '{"lon":"117"}', '[]']) expect(parseFrom(text)).toBeNull()
})

test('what is sent holds what was answered and what the form asks the phone to fill, and no more', () => {
  const ask: Ask = { address: '/api/records/a.wish/actions/ask', label: '', fills: ['device', 'place'], form: {} }
  const { body, kind: what, lane } = voiceParcel(ask, { place: '120103001001', record: 4 }, { kind: 'pharmacy' }, '缺：药店', 'voice wish outlets')
  expect([what, lane]).toEqual(['voice', 'voice wish outlets'])
  expect(body).toEqual({ values: { kind: 'pharmacy', place: '120103001001', device: deviceMark() } })
  expect(voiceParcel({ ...ask, address: '/api/records/a.wish/{record}/actions/support' }, { record: 4 }, {}, '', '').address).toBe('/api/records/a.wish/4/actions/support')
  expect(deviceMark()).toHaveLength(36)
})

test.each(['/m/nearby', '/m/nearby/outlets', '/m/nearby/outlets/12', '/m/nearby/outlets/wish'])('%s is an address of a page', (path) => {
  expect(pathOf(routeOf(path))).toBe(path)
  expect(routeOf('/m/nearby/Outlets/x').page).toBe('lost')
})

// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Act, Card, Round, Stop } from '../data/work'
import { device } from '../device/store'
import type { Parcel } from '../outbox/parcel'
import { actParcel, cardTarget, openActs, standing, stopActs, stopTarget } from '../work/acting'
import { fieldsOf } from '../work/fields'
import { cardErrand, dueFirst, nearestNext, onFoot, ordered, stopErrand, whereIn } from '../work/route'

const act = (key: string, from: string[], to: string, more: Partial<Act> = {}): Act =>
  ({ on: 'task', key, label: key, step: to !== '', from, to, primary: false, adds: false, needs_reason: false, form: null, ...more })
const card = (id: number, lon: number | null, due_at: string | null, state = 'assigned'): Card => ({
  case: { id, version: 2, number: `N${id}`, title: `case ${id}`, kind: 'urban', state: 'sent_out', phase: 'working', urgency: 'normal', lon, lat: lon === null ? null : 39.1,
    opened_at: '', due_at, breached: false, paused: false, supporters: 1 },
  task: { id: id + 100, version: 5, role: 'lead', state, instruction: '', designated: false, assigned_at: '' },
  acts: [act('return_task', ['assigned', 'accepted'], 'returned'), act('accept_task', ['assigned'], 'accepted', { primary: true }),
    act('finish_task', ['accepted'], 'done', { primary: true }), act('add_note', [], '', { on: 'case', adds: true })],
})
const waiting = (id: number, key: string, written_at: number, state: Parcel['state'] = 'waiting'): Parcel =>
  ({ lane: `case ${id}`, address: `/api/records/cases.casetask/${id + 100}/actions/${key}`, written_at, state }) as Parcel
const ids = (legs: { of: Card }[]): number[] => legs.map((leg) => leg.of.case.id)

test('the way goes to the nearest of what is left, and what has no point comes last', () => {
  const cards = [card(1, 117.23, null), card(2, null, null), card(3, 117.21, null), card(4, 117.2, null)]
  const route = nearestNext(cards.map(cardErrand), { lon: 117.199, lat: 39.1 })
  expect(ids(route)).toEqual([4, 3, 1, 2])
  expect(route[1]?.leg_m).toBeGreaterThan(800)
  expect(route[3]?.leg_m).toBeNull()
})

test('the order on foot counts those that have a point, and tells of no distance where no way leads', () => {
  const cards = [card(1, null, null), card(2, 117.23, null), card(3, 117.21, null)]
  const legs = onFoot(cards.map(cardErrand), { exact: true, order: [{ stop: 1, metres: 240 }, { stop: 0, metres: null }] })
  expect(legs.map((leg) => [leg.of.case.id, leg.leg_m])).toEqual([[3, 240], [2, null], [1, null]])
})

test('what is due first comes first, and what has no limit last', () => {
  expect(ids(dueFirst([card(1, 117.2, null), card(2, 117.2, '2026-11-30T00:00:00Z'), card(3, 117.2, '2026-11-29T00:00:00Z')].map(cardErrand), null))).toEqual([3, 2, 1])
})

test('the next step is open as soon as the one before it waits on the phone', () => {
  const one = card(1, 117.2, null)
  expect(openActs(one, []).map(({ key }) => key)).toEqual(['accept_task', 'return_task', 'add_note'])
  expect(openActs(one, [waiting(1, 'accept_task', 1)]).map(({ key }) => key)).toEqual(['finish_task', 'return_task', 'add_note'])
  expect(standing(one, [waiting(1, 'finish_task', 2), waiting(1, 'accept_task', 1)]).task).toBe('done')
})

test('steps of another case and steps that were refused change nothing', () => {
  const one = card(1, 117.2, null)
  expect(standing(one, [waiting(2, 'accept_task', 1), waiting(1, 'accept_task', 2, 'refused'), waiting(1, 'accept_task', 3, 'sent')]).task).toBe('assigned')
})

test('an act is sent to its own record with the version that was seen, its photos in their field', () => {
  const one = card(1, 117.2, null)
  const photo = { name: 'a.jpg', type: 'image/jpeg', bytes: new ArrayBuffer(1) }
  const finish = act('finish_task', ['accepted'], 'done')
  const draft = actParcel(cardTarget(one, finish), finish, { values: { result: '已清' }, why: '', photos: { photos: [photo] } }, 8, '反馈结果')
  expect(draft).toMatchObject({ address: '/api/records/cases.casetask/101/actions/finish_task', body: { version: 5, values: { result: '已清' } }, lane: 'case 1', account: 8 })
  expect(draft.photos[0]?.field).toBe('values.photos[]')
  const pass = act('pass_check', [], 'closed', { on: 'case' })
  expect(actParcel(cardTarget(one, pass), pass, { values: {}, why: '', photos: {} }, 8, '').body['version']).toBe(2)
})

test('a note is sent without a version, since it is right whatever others did', () => {
  const note = act('add_note', [], '', { on: 'case', adds: true })
  const draft = actParcel(cardTarget(card(1, 117.2, null), note), note, { values: { text: '已到现场' }, why: '', photos: {} }, 8, '添加跟进')
  expect(draft).toMatchObject({ address: '/api/records/cases.case/1/actions/add_note', adds: true })
  expect(draft.body).toEqual({ values: { text: '已到现场' }, why: '' })
})

test('a form is split into what a phone can ask', () => {
  const form = { properties: { result: { title: '结果', 'x-hexi-widget': 'textarea' }, photos: { 'x-hexi-widget': 'photos' }, way: { oneOf: [] }, clock: {}, at: { 'x-hexi-widget': 'written' } }, required: ['result'] }
  expect(fieldsOf(act('x', [], 'y', { form })).map(({ name, kind, needed }) => [name, kind, needed])).toEqual([
    ['result', 'long', true], ['photos', 'photos', false], ['way', 'plain', false], ['clock', 'hidden', false], ['at', 'written', false],
  ])
})

const stop = (record: number, lon: number | null, due_on: string): Stop =>
  ({ record, title: { zh: `户 ${record}`, en: '' }, place: { zh: '', en: '' }, due_on, lon, lat: lon === null ? null : 39.1, facts: [] })

test('stops of a round take the order of the day, and what is done there is sent to their record without a version', () => {
  const stops = [stop(1, 117.23, '2026-11-20'), stop(2, null, '2026-11-19'), stop(3, 117.21, '2026-11-21')]
  const records = (order: 'due' | 'route', lon: number | null) =>
    ordered(stops.map(stopErrand), order, lon === null ? null : { lon, lat: 39.1 }).map((leg) => leg.of.record)
  expect(records('due', 117.2)).toEqual([2, 1, 3])
  expect(records('route', 117.2)).toEqual([3, 1, 2])
  expect(records('route', null), 'a way needs a beginning').toEqual([2, 1, 3])
  const round: Round = { key: 'visits', label: { zh: '走访', en: 'visits' }, entity: 'grid.carecall', stops, acts: [] }
  const visit = act('visit', [], '', { on: 'round', adds: true })
  expect(actParcel(stopTarget(round, stops[0]!, '户 1'), visit, { values: { met: 'absent' }, why: '', photos: {} }, 8, '登记走访')).toMatchObject({
    address: '/api/records/grid.carecall/1/actions/visit', body: { values: { met: 'absent' }, why: '' }, lane: 'visits 1', adds: true, subject: '登记走访 · 户 1',
  })
})

test('steps of a stop follow one another while they wait on the phone, and what only adds is written once', () => {
  const steps = [act('take_over', ['signed'], 'carried', { on: 'round' }), act('arrive', ['carried'], 'arrived', { on: 'round' })]
  const round: Round = { key: 'pickups', label: { zh: '收运', en: 'pick-ups' }, entity: 'waste.manifest', stops: [], acts: steps }
  const at = { ...stop(7, null, '2026-11-20'), state: 'signed', version: 4 }
  const waits = (key: string, state: Parcel['state'] = 'waiting') =>
    ({ lane: 'pickups 7', state, written_at: 1, address: `/api/records/waste.manifest/7/actions/${key}` }) as Parcel
  const open = (parcels: Parcel[], of = round) => stopActs(of, at, parcels).map(({ key }) => key)
  expect([open([]), open([waits('take_over')]), open([waits('take_over'), waits('arrive')]), open([waits('take_over', 'refused')])])
    .toEqual([['take_over'], ['arrive'], [], ['take_over']])
  expect(actParcel(stopTarget(round, at, '甲'), steps[0]!, { values: {}, why: '', photos: {} }, 8, '签收').body).toEqual({ values: {}, why: '', version: 4 })
  const visits = { ...round, acts: [act('visit', [], '', { on: 'round', adds: true })] }
  expect([open([], visits), open([waits('visit')], visits)]).toEqual([['visit'], []])
})

beforeEach(async () => {
  for (const store of ['kept', 'outbox'] as const) await (await device()).clear(store)
  localStorage.clear()
})

test('signing out takes what others wrote off the phone, and keeps what waits', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  const { signOut, useWorker } = await import('../work/account')
  await (await device()).put('kept', { url: 'zh /api/cases/work#8', body: { cards: [] }, saved_at: 1 })
  await (await device()).put('kept', { url: 'zh /api/layers/space.streets?zoom=12', body: {}, saved_at: 1 })
  await (await device()).put('outbox', { client_id: 'x', account: 8, state: 'waiting', after: 'needed' } as Parcel)
  await (await device()).put('outbox', { client_id: 'needed', account: 8, state: 'sent', after: null } as Parcel)
  await (await device()).put('outbox', { client_id: 'done', account: 8, state: 'sent', after: null } as Parcel)
  useWorker.setState({ worker: { id: 8, username: 'grid', name: '示例' } })
  await signOut()
  expect((await (await device()).getAll('kept')).map(({ url }) => url)).toEqual(['zh /api/layers/space.streets?zoom=12'])
  expect((await (await device()).getAll('outbox')).map(({ client_id }) => client_id).sort()).toEqual(['needed', 'x'])
  expect(useWorker.getState().worker).toBeNull()
  expect(localStorage.getItem('hexi_m_leaving'), 'the server is told as soon as it is reached').not.toBeNull()
  vi.unstubAllGlobals()
})

test('where it is is said once, when the address begins with the place', () => {
  expect(whereIn('宁泉公寓5号楼3门', '宁泉公寓5号楼3门（模拟）')).toBe('宁泉公寓5号楼3门（模拟）')
  expect(whereIn('天塔街道', '友谊路 1 号')).toBe('天塔街道，友谊路 1 号')
  expect([whereIn('', '友谊路 1 号'), whereIn('天塔街道', '')]).toEqual(['友谊路 1 号', '天塔街道'])
})

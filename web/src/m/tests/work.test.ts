// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Act, Card } from '../data/work'
import { device } from '../device/store'
import type { Parcel } from '../outbox/parcel'
import { actParcel, openActs, standing } from '../work/acting'
import { fieldsOf } from '../work/fields'
import { dueFirst, nearestNext } from '../work/route'

const act = (key: string, from: string[], to: string, more: Partial<Act> = {}): Act =>
  ({ on: 'task', key, label: key, step: to !== '', from, to, primary: false, needs_reason: false, form: null, ...more })
const card = (id: number, lon: number | null, due_at: string | null, state = 'assigned'): Card => ({
  case: { id, version: 2, number: `N${id}`, title: `case ${id}`, kind: 'urban', state: 'sent_out', phase: 'working', urgency: 'normal', lon, lat: lon === null ? null : 39.1,
    opened_at: '', due_at, breached: false, paused: false, supporters: 1 },
  task: { id: id + 100, version: 5, role: 'lead', state, instruction: '', designated: false, assigned_at: '' },
  acts: [act('return_task', ['assigned', 'accepted'], 'returned'), act('accept_task', ['assigned'], 'accepted', { primary: true }),
    act('finish_task', ['accepted'], 'done', { primary: true }), act('add_note', [], '', { on: 'case' })],
})
const waiting = (id: number, key: string, written_at: number, state: Parcel['state'] = 'waiting'): Parcel =>
  ({ lane: `case ${id}`, address: `/api/records/cases.casetask/${id + 100}/actions/${key}`, written_at, state }) as Parcel
const ids = (stops: { card: Card }[]): number[] => stops.map((stop) => stop.card.case.id)

test('the way goes to the nearest of what is left, and what has no point comes last', () => {
  const cards = [card(1, 117.23, null), card(2, null, null), card(3, 117.21, null), card(4, 117.2, null)]
  const route = nearestNext(cards, { lon: 117.199, lat: 39.1 })
  expect(ids(route)).toEqual([4, 3, 1, 2])
  expect(route[1]?.leg_m).toBeGreaterThan(800)
  expect(route[3]?.leg_m).toBeNull()
})

test('what is due first comes first, and what has no limit last', () => {
  expect(ids(dueFirst([card(1, 117.2, null), card(2, 117.2, '2026-11-30T00:00:00Z'), card(3, 117.2, '2026-11-29T00:00:00Z')], null))).toEqual([3, 2, 1])
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
  const draft = actParcel(one, act('finish_task', ['accepted'], 'done'), { values: { result: '已清' }, why: '', photos: { photos: [photo] } }, 8, '反馈结果')
  expect(draft).toMatchObject({ address: '/api/records/cases.casetask/101/actions/finish_task', body: { version: 5, values: { result: '已清' } }, lane: 'case 1', account: 8 })
  expect(draft.photos[0]?.field).toBe('values.photos[]')
  expect(actParcel(one, act('pass_check', [], 'closed', { on: 'case' }), { values: {}, why: '', photos: {} }, 8, '').body['version']).toBe(2)
})

test('a form is split into what a phone can ask', () => {
  const form = { properties: { result: { title: '结果', 'x-hexi-widget': 'textarea' }, photos: { 'x-hexi-widget': 'photos' }, way: { oneOf: [] }, clock: {} }, required: ['result'] }
  expect(fieldsOf(act('x', [], 'y', { form })).map(({ name, kind, needed }) => [name, kind, needed])).toEqual([
    ['result', 'long', true], ['photos', 'photos', false], ['way', 'plain', false], ['clock', 'hidden', false],
  ])
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

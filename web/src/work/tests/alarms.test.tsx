/** The alarm desk's parts against a server that keeps what it was told. */
import { QueryClientProvider } from '@tanstack/react-query'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { clockText } from '../../shared/clock'
import { createQueries } from '../../shared/queries'
import { setLang } from '../../shared/i18n'
import type { Board, Rescue } from '../alarms/api'
import { RescueCard } from '../alarms/RescueCard'
import { EndedCard } from '../alarms/Review'
import { Ways } from '../alarms/Ways'

const AT = '2026-11-28T20:00:00Z'
const said = (zh: string) => ({ zh, en: zh })
const RESCUE = {
  id: 7, version: 3, case: 9, alarm: 'sos', state: 'coming', title: '呼叫 张**', said: said('呼叫 张**'), place__label: said('一号楼'), lon: 117.2, lat: 39.1, located: 'home', raised_at: AT,
  presses: 2, rung: 0, next_at: '2026-11-28T20:15:00Z', at_top_at: null, answered_at: AT, coming_at: '2026-11-28T20:08:00Z', there_at: null, ended_at: null, ended_by: '', outcome: '', note: '', is_test: false,
  ladder: [{ key: 'steward', label: said('养老管家') }, { key: 'family', label: said('家人') }],
  calls: [{ id: 1, version: 5, rung: 0, call: 'steward', state: 'coming', who: '示例·孔', relation: '', told_at: AT, answered_at: AT, eta_at: '2026-11-28T20:08:00Z', there_at: null, why: '', walk_s: 300, exact: true }],
} as Rescue
const BOARD = {
  rows: [], dict: { state: { coming: said('有人前往') }, outcome: { fall: said('跌倒') } }, call_dict: {}, clocks: { '9': [{ key: 'arriving', label: null, due_at: '2026-11-28T20:15:00Z', met_at: null }] },
  alarms: [{ key: 'sos', label: said('呼叫'), on: 'x.y', outcomes: [{ key: 'fall', label: said('跌倒') }] }], may_act: true, may_look: true, as_of: AT,
} as unknown as Board
const WAYS = { rows: [{ key: 'app', label: said('站内'), lacks: null, received: 2, failed: 1 }, { key: 'sms', label: said('短信'), lacks: said('请设置 HEXI_SMS_URL') }] }
const PERSON = { person: { name: '张秀英', address: '一号楼1门', phone: '13800000000', facts: [] }, contacts: [{ name: '示例·女儿', relation: said('子女'), phone: '13800000001' }] }

let root: Root
let sent: { path: string; body: unknown }[]
const box = () => document.body.firstElementChild as HTMLElement
const named = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent?.replace(' ', '').includes(name)) as HTMLButtonElement

function served(input: string, given?: RequestInit): Promise<Response> {
  const path = new URL(input, 'http://desk').pathname
  if (given?.method === 'POST') sent.push({ path, body: JSON.parse(String(given.body ?? '{}')) as unknown })
  return Promise.resolve(Response.json(path.endsWith('/ways') ? WAYS : path.endsWith('/person') ? PERSON : {}))
}

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', served)
  setLang('zh')
  sent = []
  document.body.innerHTML = '<div></div>'
  root = createRoot(box())
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

const show = (part: React.ReactNode) =>
  act(() => root.render(<QueryClientProvider client={createQueries()}><MemoryRouter>{part}</MemoryRouter></QueryClientProvider>))
const card = (more: Partial<Rescue> = {}, board = BOARD) => <RescueCard rescue={{ ...RESCUE, ...more }} board={board} now={Date.parse(AT) + 65_000} onDone={() => undefined} />

it('says how long it runs, what is left, who comes when, and who was not called', () => {
  show(card())
  const text = box().textContent
  expect(text).toContain('1:05')
  expect(text).toContain('13:55')
  expect(text).toContain('正在前往 · 预计 04:08 到')
  expect(text).toContain('13:55 内无人到场将呼叫下一级')
  expect(box().querySelector('[data-later]')!.textContent).toContain('未呼叫')
})

it('notes by telephone that somebody is there in so many minutes, under the version that was shown', async () => {
  show(card())
  const choice = box().querySelector('.called-acts select') as HTMLSelectElement
  await act(async () => {
    choice.value = '8'
    choice.dispatchEvent(new Event('change', { bubbles: true }))
  })
  expect(sent).toEqual([{ path: '/api/records/alarms.rescuecall/1/actions/answer_for', body: expect.objectContaining({ values: { minutes: 8 }, version: 5 }) as unknown }])
})

it('offers nothing to do to whoever may only look', () => {
  show(card({}, { ...BOARD, may_act: false }))
  expect(box().querySelector('.called-acts')).toBeNull()
  expect(named('结束救助')).toBeUndefined()
})

it('shows whom to ring only once somebody asks for it', async () => {
  show(card())
  expect(box().textContent).not.toContain('13800000001')
  await act(async () => named('显示本人').click())
  await vi.waitFor(() => expect(box().querySelector('a[href="tel:13800000001"]')).not.toBeNull())
  expect(sent[0]!.path).toBe('/api/alarms/rescues/7/person')
})

it('reviews an ended rescue in its place', async () => {
  show(<EndedCard rescue={{ ...RESCUE, state: 'ended', there_at: null, ended_at: '2026-11-28T20:20:00Z', outcome: 'fall' }} board={BOARD} onDone={() => undefined} />)
  expect(box().textContent).toContain('到场 —')
  act(() => named('复核').click())
  const opinion = box().querySelector('input') as HTMLInputElement
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(opinion, '处置及时')
    opinion.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await act(async () => box().querySelector('form')!.requestSubmit())
  expect(sent).toEqual([{ path: '/api/records/alarms.rescue/7/actions/review', body: expect.objectContaining({ values: { opinion: '处置及时', outcome: '' }, version: 3 }) as unknown }])
})

it('says of each way whether it is set up, and only what was sent', async () => {
  show(<Ways />)
  await vi.waitFor(() => expect(box().textContent).toContain('送达 2，失败 1'))
  const [app, sms] = [...box().querySelectorAll('li')]
  expect(app!.textContent).not.toContain('待发')
  expect(sms!.querySelector('details')!.textContent).toContain('HEXI_SMS_URL')
})

it('writes a clock with hours from an hour on, and with a sign once it is over', () => {
  expect([65_000, 3_725_000, -61_000].map(clockText)).toEqual(['1:05', '1:02:05', '−1:01'])
})

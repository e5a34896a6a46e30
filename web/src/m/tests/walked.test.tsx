// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test, vi } from 'vitest'
import type { Round, Stop } from '../data/work'
import { noteReached } from '../device/reach'
import { RoundList } from '../work/RoundList'
import { useHere } from '../work/useHere'

const stop = (record: number, lon: number): Stop => ({ record, title: { zh: `${record}号`, en: '' }, place: { zh: '示例里', en: '' }, due_on: '2026-11-29', lon, lat: 39.1, facts: [] })
const round: Round = { key: 'visits', label: { zh: '走访', en: 'visits' }, entity: 'x.y', stops: [stop(1, 117.201), stop(2, 117.202)], acts: [] }

async function shown(answer: () => Promise<Response>): Promise<{ text: string; order: string[]; asked: unknown[] }> {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  const asked: unknown[] = []
  vi.stubGlobal('fetch', (address: string, told?: RequestInit) => {
    if (!String(address).includes('/api/space/walk/order')) return Promise.reject(new TypeError('no network'))
    asked.push(JSON.parse(String(told?.body)))
    return answer()
  })
  useHere.setState({ here: { lon: 117.2, lat: 39.1 } })
  const box = document.createElement('div')
  const root = createRoot(box)
  await act(async () => root.render(<RoundList round={round} order="route" />))
  await act(() => new Promise((done) => setTimeout(done, 0)))
  const found = { text: box.textContent ?? '', order: [...box.querySelectorAll('li b')].map((one) => one.textContent ?? ''), asked }
  act(() => root.unmount())
  return found
}
const walked = (exact: boolean) => () => Promise.resolve(Response.json({ exact, order: [{ stop: 1, metres: 90 }, { stop: 0, metres: 400 }] }))

test('with a network a round is in the order of the walk over the streets', async () => {
  noteReached(true)
  const { text, order, asked } = await shown(walked(true))
  expect(order).toEqual(['2号', '1号'])
  expect(text).toContain('按步行路网')
  expect(asked).toEqual([{ where: [117.2, 39.1], stops: [[117.201, 39.1], [117.202, 39.1]] }])
})

test('without a network nobody is asked, and the list says that it goes by the straight line', async () => {
  noteReached(false)
  const { text, order, asked } = await shown(() => Promise.reject(new TypeError('no network')))
  expect([order, asked]).toEqual([['1号', '2号'], []])
  expect(text).toContain('按直线距离')
})

test('where the walking network is away the straight line stays, and is called one', async () => {
  noteReached(true)
  const { text, order } = await shown(walked(false))
  expect(order).toEqual(['1号', '2号'])
  expect(text).toContain('按直线距离')
})

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { MemoryRouter, Route, Routes } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import PlacePage from '../placepage/PlacePage'

const HOUSE = '12010300702001001003'
const part = (digits: string, name: string, more: object = {}) => ({ code: HOUSE + digits, name: { zh: name, en: name }, parts: 0, point: null, ended: null, ...more })
const PLACE = {
  code: HOUSE, name: { zh: '景兴里3号楼', en: 'House 3' }, level: { zh: '楼栋', en: 'building' }, path: [], lon: 117.2, lat: 39.1, point: null,
  storeys: 6, homes: null, generated: false, since: '2026-01-02', ended: null as string | null, successor: null as object | null,
  formers: [] as object[], aliases: [{ name: '东楼', kind: 'common', source: '名册' }], changes: [] as object[],
  parts: [part('01', '1门', { point: { zh: '地图上的入口', en: 'an entrance' } }), part('02', '2门', { ended: '2026-11-28' })],
}
const fetched = vi.fn<typeof fetch>()
let root: Root
let box: HTMLElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', fetched)
  box = document.body.appendChild(document.createElement('div'))
  root = createRoot(box)
})
afterEach(() => {
  act(() => root.unmount())
  box.remove()
})

async function show(place: object, until: string): Promise<void> {
  const answers: [RegExp, object][] = [
    [/\/place$/, place],
    [/\/hangs$/, { site: {}, doors: [], hangs: [{ entity: 'cases.case', label: { zh: '案件', en: 'cases' }, count: 3, capped: false, where: `place:at:${HOUSE}` }] }],
    [/kinds$/, []],
    [/session/, { account: null, district: { code: '120103' } }],
    [/.*/, { rows: [] }],
  ]
  fetched.mockImplementation((asked) => {
    const url = asked instanceof Request ? asked.url : String(asked)
    return Promise.resolve(new Response(JSON.stringify(answers.find(([at]) => at.test(url))?.[1])))
  })
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MemoryRouter initialEntries={[`/places/${HOUSE}`]}>
          <Routes>
            <Route path="places/:code?" element={<PlacePage />} />
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>,
    ),
  )
  await vi.waitFor(() => act(async () => expect(box.textContent).toContain(until)))
}

test('a house shows its doors with how each is known, those that ended too, and what hangs there', async () => {
  await show(PLACE, '案件')
  const lines = [...box.querySelectorAll('.place-parts tbody tr')].map((line) => line.textContent)
  expect(lines).toEqual([`1门${HOUSE}01地图上的入口有效`, `2门${HOUSE}02位置不详2026-11-28 停用`])
  expect(box.querySelector('.place-facts')?.textContent).toContain('东楼俗称')
  const hung = box.querySelector('.place-hangs a')
  expect(decodeURIComponent(hung?.getAttribute('href') ?? '')).toBe(`/records/cases.case?where=place:at:${HOUSE}`)
})

test('a code that has ended says who took over, or that somebody must be named', async () => {
  await show({ ...PLACE, ended: '2026-11-28', successor: part('07', '7门') }, '由7门接替')
  expect(box.querySelector('.place-ended a')?.getAttribute('href')).toBe(`/places/${HOUSE}07`)
  await act(async () => root.unmount())
  root = createRoot(box)
  await show({ ...PLACE, ended: '2026-11-28' }, '没有接替者')
})

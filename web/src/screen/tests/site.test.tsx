import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SiteCard } from '../map/SiteCard'

const SITE = {
  code: '12010300100404001003',
  name: { zh: '示例景泽里3号楼', en: 'Sample House 3' },
  level: { zh: '楼栋', en: 'building' },
  storeys: 6,
  height_m: 19.2,
  generated: true,
}
const CASES = { entity: 'cases.case', label: { zh: '案件', en: 'cases' }, count: 7, capped: false, where: 'place:at:12010300100404001003' }
const fetched = vi.fn<typeof fetch>()
const closed = vi.fn()
let root: Root
let box: HTMLElement
let opener: HTMLElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', fetched)
  closed.mockReset()
  opener = document.body.appendChild(document.createElement('button'))
  opener.focus()
  box = document.body.appendChild(document.createElement('div'))
  root = createRoot(box)
})
afterEach(() => {
  act(() => root.unmount())
  box.remove()
  opener.remove()
})

const DOOR = { code: `${SITE.code}01`, name: { zh: '1门', en: 'Door 1' }, point: { zh: '地图上的入口', en: 'an entrance on the map' } }

async function show(hangs: object[], doors: object[] = []): Promise<void> {
  fetched.mockImplementation(() => Promise.resolve(new Response(JSON.stringify({ site: SITE, doors, hangs }))))
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <SiteCard code={SITE.code} onClose={closed} />
      </QueryClientProvider>,
    ),
  )
  await vi.waitFor(() => act(async () => expect(box.textContent).toContain('示例景泽里3号楼')))
}

test('a building tells what it is, and each register leads to just its rows there', async () => {
  await show([CASES, { ...CASES, entity: 'population.resident', label: { zh: '居民', en: 'residents' }, count: 10_000, capped: true }])
  expect(box.querySelector('.site-facts')?.textContent).toBe('楼栋 · 6 层 · 高 19 米 · 示意')
  const links = [...box.querySelectorAll('a')]
  expect(links.map((link) => link.textContent)).toEqual(['案件7', '居民10,000 以上'])
  expect(decodeURIComponent(links[0]?.getAttribute('href') ?? '')).toBe(`/work/records/cases.case?where=${CASES.where}`)
})

test('a building lists its doors, how each is known, and leads to their pages', async () => {
  await show([], [DOOR, { ...DOOR, code: `${SITE.code}02`, name: { zh: '2门', en: 'Door 2' }, point: null }])
  expect(box.querySelector('.site-doors summary')?.textContent).toBe('2 个楼门')
  const links = [...box.querySelectorAll('.site-doors a')]
  expect(links.map((link) => link.textContent)).toEqual(['1门地图上的入口', '2门位置不详'])
  expect(links[0]?.getAttribute('href')).toBe(`/work/places/${SITE.code}01`)
})

test('where nothing may be seen it says so', async () => {
  await show([])
  expect(box.textContent).toContain('这里没有您可以查看的登记')
})

test('the card takes the focus, closes by Escape, and gives the focus back', async () => {
  await show([CASES])
  const card = box.querySelector<HTMLElement>('.map-site')
  expect(document.activeElement).toBe(card)
  act(() => void card?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })))
  expect(closed).toHaveBeenCalledOnce()
  act(() => root.render(null))
  expect(document.activeElement).toBe(opener)
})

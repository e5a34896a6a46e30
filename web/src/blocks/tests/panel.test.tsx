import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { scopeNow, useScopeStore } from '../../shared/scope'
import type { Envelope, Panel as Spec } from '../../shared/spec'
import { registerEmbed } from '../Embed'
import { isBlank, Panel } from '../Panel'
import { envelopeOf, panelOf } from './sample'

const fetched = vi.fn<typeof fetch>()
let root: Root
let box: HTMLElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('fetch', fetched)
  fetched.mockReset()
  useScopeStore.setState({ path: '/screen/overview', values: {} })
  box = document.body.appendChild(document.createElement('div'))
  root = createRoot(box)
})
afterEach(() => {
  act(() => root.unmount())
  box.remove()
})

const answer = (url: string, data: Envelope | number): Response =>
  typeof data === 'number'
    ? new Response('{}', { status: data })
    : new Response(JSON.stringify(url.includes('/api/session') ? { account: null, csrf: '' } : data), { status: 200 })

/** Put panels on a page; each source answers with its envelope or an HTTP status. */
async function show(panels: Spec[], answers: Record<string, Envelope | number>): Promise<void> {
  fetched.mockImplementation((url) => {
    const found = Object.entries(answers).find(([source]) => String(url).includes(`/api/data/${source}`))?.[1]
    return Promise.resolve(answer(String(url), found ?? envelopeOf([])))
  })
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  await act(async () =>
    root.render(
      <QueryClientProvider client={queries}>
        {panels.map((panel) => (
          <Panel key={panel.id} panel={panel} />
        ))}
      </QueryClientProvider>,
    ),
  )
  await settled()
}

/** Until no place-holder is left. */
async function settled(): Promise<void> {
  for (let round = 0; round < 100 && box.querySelector('.skeleton'); round += 1) await act(() => new Promise((done) => setTimeout(done, 5)))
}

const list = (id: string, more: Partial<Spec> = {}): Spec => ({ ...panelOf('list', { title: 'name' }, more), id, data: { source: id } })

test('rows are shown with their source', async () => {
  await show([list('risks')], { risks: envelopeOf([{ name: '飞线整治' }]) })
  expect(box.textContent).toContain('飞线整治')
  expect(box.querySelector('.origin')?.textContent).toContain('来源')
})

test('before the answer there is a place-holder, not a spinner and not a zero', async () => {
  fetched.mockImplementation(() => new Promise(() => undefined))
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <Panel panel={list('risks')} />
      </QueryClientProvider>,
    ),
  )
  expect(box.querySelector('.skeleton')).not.toBeNull()
})

test('an empty panel says what is empty', async () => {
  await show([list('risks')], { risks: envelopeOf([]) })
  expect(box.textContent).toContain('当前范围内没有“标题”的数据')
})

test('counts of zero give way to the sentence of a source that says why there is nothing', async () => {
  const stages: Spec = { ...panelOf('pipeline', { stage: 'name', value: 'n' }), data: { source: 'stages' } }
  await show([stages], { stages: { ...envelopeOf([{ name: '立项', n: 0 }]), empty: { zh: '公开资料没有分到街道', en: 'Not by street' } } })
  expect(box.querySelector('.state-note')?.textContent).toBe('公开资料没有分到街道')
  expect(box.textContent).not.toContain('立项')
})

test('stages and stacks that are all zero, and charts without a figure, are empty; a curve of zeros is not', () => {
  const zero = envelopeOf([{ name: '甲', value: 0 }, { name: '乙', value: 0 }])
  const encode = { x: 'name', stage: 'name', value: 'value', y: 'value' }
  expect(isBlank(panelOf('pipeline', encode), zero)).toBe(true)
  expect(isBlank(panelOf('stack', encode), zero)).toBe(true)
  expect(isBlank(panelOf('line', encode), zero)).toBe(false)
  expect(isBlank(panelOf('line', encode), envelopeOf([{ name: '甲', value: null }]))).toBe(true)
  expect(isBlank(panelOf('pipeline', encode), envelopeOf([{ name: '甲', value: 1 }]))).toBe(false)
})

test('one panel that fails leaves the others alone and offers to try again', async () => {
  await show([list('broken'), list('fine')], { broken: 500, fine: envelopeOf([{ name: '还在' }]) })
  expect(box.querySelector('[role=alert]')?.textContent).toContain('10 秒后重试')
  expect(box.textContent).toContain('还在')
  await act(async () => {
    box.querySelector<HTMLButtonElement>('[role=alert] button')?.click()
  })
  await settled()
  expect(fetched.mock.calls.filter(([url]) => String(url).includes('broken')).length).toBe(2)
})

test('what may not be seen is said so, without a button that cannot help', async () => {
  await show([list('secret')], { secret: 403 })
  expect(box.querySelector('[role=alert]')?.textContent).toBe('没有查看这项数据的权限')
})

test('a panel whose drawing throws keeps its fault to itself', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  registerEmbed('broken', () => {
    throw new Error('boom')
  })
  await show([{ ...panelOf('embed', {}), id: 'e', component: 'broken', data: null }, list('fine')], {
    fine: envelopeOf([{ name: '还在' }]),
  })
  expect(box.textContent).toContain('这一块没能显示')
  expect(box.textContent).toContain('还在')
})

test('an unknown kind is a visible panel', async () => {
  await show([{ ...panelOf('hologram', {}), id: 'h', data: { source: 'x' } }], { x: envelopeOf([{ a: 1 }]) })
  expect(box.textContent).toContain('还不会显示“hologram”')
})

test('stale figures stay, and say that they are stale', async () => {
  await show([list('old')], { old: { ...envelopeOf([{ name: '旧数' }]), quality: 'stale' } })
  expect(box.textContent).toContain('旧数')
  expect(box.querySelector('.origin[data-stale]')?.textContent).toContain('数据已过时')
})

test('a drill narrows the scope and a second one undoes it', async () => {
  await show([list('streets', { drill: { scope: { place: '$row.code' } } })], {
    streets: envelopeOf([{ code: '120103009', name: '尖山街道' }]),
  })
  const press = () =>
    act(async () => {
      box.querySelector<HTMLButtonElement>('.list-row')?.click()
    })
  await press()
  expect(scopeNow()).toEqual({ place: '120103009' })
  await press()
  expect(scopeNow()).toEqual({})
})

test('a panel asks for the scope of the page, and `when` may hide it', async () => {
  useScopeStore.setState({ values: { place: '120103009' } })
  await show([{ ...list('a'), data: { source: 'a', params: { place: '$scope.place' } } }, list('b', { when: '$scope.place == null' })], {})
  const asked = fetched.mock.calls.map(([url]) => String(url))
  expect(asked.some((url) => url.endsWith('/api/data/a?place=120103009'))).toBe(true)
  expect(asked.some((url) => url.includes('/api/data/b'))).toBe(false)
})

const tileOf = (row: Envelope['rows'][number]): Promise<void> =>
  show([{ ...panelOf('kpi', { value: 'value', delta: 'delta' }, { good: 'up', unit: '%' }), data: { source: 'tile' } }], {
    tile: envelopeOf([{ value: 50, status: 'ok', spark: [], ...row }]),
  })

test('a tile with two periods shows its line and says the change in words', async () => {
  await tileOf({ delta: 2, period: '2025-11', before: '2025-10', year_delta: -4, year_before: '2024-11', spark: [48, 50] })
  expect(box.querySelector('.kpi-foot')?.textContent).toBe('↑ 2 个百分点 较上月同比 ↓ 4 个百分点')
  expect(box.querySelector('.spark')).not.toBeNull()
})

test('a change that rounds to nothing is no change', async () => {
  await tileOf({ delta: 0.004, period: '2025-11', before: '2025-10' })
  expect(box.querySelector('.kpi-foot')?.textContent).toBe('持平 较上月')
})

test('a tile with one period says as of when it is', async () => {
  await tileOf({ delta: null, period: '2025-11' })
  expect(box.querySelector('.kpi-foot')?.textContent).toContain('截至')
})

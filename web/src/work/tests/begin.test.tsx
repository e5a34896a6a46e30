/** Whoever may begin something in a register finds it above its list; what it leaves is opened. */
import type { RJSFSchema } from '@rjsf/utils'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { MemoryRouter, useLocation } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import SchemaForm from '../form/SchemaForm'
import { fieldsOf, oneGroup } from '../form/schema'
import { BeginHere } from '../record/Begin'
import type { Model } from '../wire'

const title = (zh: string) => ({ zh, en: zh })
const action = (id: string, zh: string, creates: boolean) => ({
  id, title: title(zh), fields_schema: null, from: [], to: null, primary: false, confirm: null, needs_reason: false, creates,
})
const LOT = {
  name: 'waste.storagelot', label: title('贮存批次'), title: 'batch', schema: {}, lifecycle: null,
  fields: [{ key: 'batch', label: title('批次号'), kind: 'text' }],
  ui: { form: { groups: [], widgets: {} }, table: { columns: ['batch'], filters: [], search: [] } },
  actions: [action('empty_lot', '清空', false), action('store_lot', '入库登记', true), action('count_lots', '盘点', true)],
  may: { create: false, revise: false, import: false, export: false, history: true },
  begins: ['store_lot'],
} as unknown as Model
const sent: { url: string; body: Record<string, unknown> }[] = []
let root: Root

async function served(input: string, init: RequestInit = {}): Promise<Response> {
  if (init.method !== 'POST') return Response.json({ rows: [{ id: 7, batch: 'A-7', version: 1 }], next: null, ...LOT })
  sent.push({ url: new URL(input, 'http://desk').pathname, body: JSON.parse(String(init.body)) as Record<string, unknown> })
  return Response.json({ record: { id: 9, batch: 'A-9', version: 1 }, version: 1, title: 'A-9', allowed_actions: [], entity: 'waste.storagelot' }, { status: 201 })
}
const Where = () => <output>{useLocation().pathname}</output>
const show = (what: ReactNode) =>
  root.render(
    <QueryClientProvider client={createQueries()}>
      <MemoryRouter>{what}</MemoryRouter>
    </QueryClientProvider>,
  )
const soon = { timeout: 10_000, interval: 20 }
const buttons = () => [...document.querySelectorAll('button')]
const press = async (name: string) => (await vi.waitFor(() => buttons().find((one) => one.textContent?.replace(' ', '').includes(name)) ?? Promise.reject(new Error(name)), soon)).click()

beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', served)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {} }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  Element.prototype.scrollIntoView = () => {}
  root = createRoot(document.body.appendChild(document.createElement('div')))
})
afterEach(() => {
  root.unmount()
  document.body.replaceChildren()
})

it('offers what this reader may begin and no more, sends it without a version, and opens what it left', { timeout: 20_000 }, async () => {
  show(<><BeginHere model={LOT} /><Where /></>)
  await press('入库登记')
  expect(buttons().some((one) => one.textContent === '盘点' || one.textContent === '清空')).toBe(false)
  await press('提交')
  await vi.waitFor(() => expect(document.querySelector('output')?.textContent).toBe('/records/waste.storagelot/9'), soon)
  expect(sent).toMatchObject([{ url: '/api/records/waste.storagelot/actions/store_lot', body: { values: {}, why: '' } }])
  expect(sent[0]!.body).not.toHaveProperty('version')
})

it('begins a choice of several records with none, not with a blank one', { timeout: 20_000 }, async () => {
  const schema = {
    type: 'object',
    properties: { lots: { type: 'array', minItems: 1, items: { type: 'integer' }, title: '批次', 'x-hexi-kind': 'reference', 'x-hexi-reference': 'waste.storagelot' } },
  } as unknown as RJSFSchema
  const fields = fieldsOf(schema, [])
  show(<SchemaForm id="f" schema={schema} fields={fields} groups={oneGroup(fields)} start={{}} problems={[]} onSubmit={() => {}} />)
  const control = await vi.waitFor(() => document.querySelector('[role=combobox]') ?? Promise.reject(new Error('no control')), soon)
  control.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
  const options = await vi.waitFor(() => {
    const found = [...document.querySelectorAll('.ant-select-item-option')].map((one) => one.textContent)
    return found.length ? found : Promise.reject(new Error('no options'))
  }, soon)
  expect(options).toEqual(['A-7'])
})

/** What a form offers: several of a list without opening it anew. */
import type { RJSFSchema } from '@rjsf/utils'
import { QueryClientProvider } from '@tanstack/react-query'
import { beforeEach, expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import SchemaForm from '../form/SchemaForm'
import { fieldsOf, oneGroup } from '../form/schema'
import type { Field } from '../wire'
import { onStage } from './fixtures/stage'

const render = onStage(() => Promise.resolve(Response.json({})))
/** antd measures its list of several; nothing has a size here. */
beforeEach(() => vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} }))
const soon = { timeout: 15_000, interval: 20 }

function show(schema: RJSFSchema, fields: Field[], sent: (values: unknown) => void) {
  render(
    <QueryClientProvider client={createQueries()}>
      <SchemaForm id="f" schema={schema} fields={fields} groups={oneGroup(fields)} start={{}} onSubmit={sent} />
    </QueryClientProvider>,
  )
}

const press = (element: Element) => element.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
const option = (title: string) =>
  vi.waitFor(() => [...document.querySelectorAll<HTMLElement>('.ant-select-item-option')].find((one) => one.textContent === title) ?? Promise.reject(new Error(title)), soon)

it('a list of several stays open until all are picked', { timeout: 40_000 }, async () => {
  const named = [['rail', '扶手'], ['bed', '护理床'], ['lamp', '夜灯']].map(([key, title]) => ({ const: key, title }))
  const schema = { type: 'object', properties: { items: { type: 'array', title: '项目', uniqueItems: true, items: { type: 'string', oneOf: named } } } } as RJSFSchema
  const sent = vi.fn()
  show(schema, fieldsOf(schema, []), sent)
  const box = await vi.waitFor(() => document.querySelector('[role=combobox]') ?? Promise.reject(new Error('no list')), soon)
  press(box)
  ;(await option('扶手')).click()
  await vi.waitFor(() => expect(box.getAttribute('aria-expanded')).toBe('true'), soon)
  ;(await option('夜灯')).click()
  await vi.waitFor(() => expect(document.querySelectorAll('.ant-select-item-option-selected')).toHaveLength(2), soon)
  document.querySelector('form')!.requestSubmit()
  await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ items: ['rail', 'lamp'] }), soon)
})

/** Another case and a category are chosen from what is there; nobody types a number or a code. */
import type { RJSFSchema } from '@rjsf/utils'
import { QueryClientProvider } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import { childrenOf, inForce, named, officeOf, pathTo, type Category } from '../form/categories'
import SchemaForm from '../form/SchemaForm'
import { fieldsOf, oneGroup } from '../form/schema'
import { onStage } from './fixtures/stage'

const row = (code: string, name: string, more: Partial<Category> = {}): Category => ({
  id: code.length, code, name, name_en: '', kind: 'lamp', lead: '', valid_from: '2026-01-01', valid_to: null, ...more,
})
const TREE = [
  row('light', '照明', { lead: 'housing', lead__label: { zh: '住建委', en: 'Housing' }, name_en: 'lighting' }),
  row('light.out', '路灯不亮'),
  row('light.out.park', '公园路灯'),
  row('noise', '噪声', { kind: 'other' }),
  row('old', '已停用', { valid_to: '2026-02-01' }),
  row('water.leak', '漏水'),
]
const lamps = inForce(TREE, 'lamp', '2026-11-28')

describe('the tree of categories', () => {
  it('has only what is in force and of the kind of the case', () => {
    expect(lamps.map(({ code }) => code)).toEqual(['light', 'light.out', 'light.out.park', 'water.leak'])
  })
  it('takes the newest of a code that was dated anew', () => {
    const anew = row('light', '照明设施', { valid_from: '2026-06-01' })
    expect(inForce([anew, ...TREE], 'lamp', '2026-11-28').find(({ code }) => code === 'light')?.name).toBe('照明设施')
  })
  it('is walked down to any depth, and what has no branch above it stands at the top', () => {
    expect(childrenOf(lamps, '').map(({ code }) => code)).toEqual(['light', 'water.leak'])
    expect(childrenOf(lamps, 'light.out').map(({ code }) => code)).toEqual(['light.out.park'])
    expect(pathTo(lamps, 'light.out.park').map(({ name }) => name)).toEqual(['照明', '路灯不亮', '公园路灯'])
  })
  it('is searched by the words of the whole way down, in either language', () => {
    expect(named(lamps, '照明 公园', 'zh').map(({ code }) => code)).toEqual(['light.out.park'])
    expect(named(lamps, 'lighting', 'en')).toHaveLength(3)
  })
  it('says whose it is, by the branch above where it has no office of its own', () => {
    expect(officeOf(lamps, 'light.out.park')).toEqual({ zh: '住建委', en: 'Housing' })
    expect(officeOf(lamps, 'water.leak')).toBeNull()
  })
})

const schema = {
  type: 'object',
  required: ['into', 'category'],
  properties: {
    into: { type: 'string', title: '并入哪一案件', 'x-hexi-widget': 'case_to_merge' },
    category: { type: 'string', title: '分类', 'x-hexi-widget': 'category' },
  },
} as RJSFSchema
const other = (number: string, distance_m: number, age_days: number) => ({
  id: number, number, title: `路灯 ${number}`, state: { zh: '待受理', en: '' }, kind: null, place: null, supporters: 3, distance_m, age_days,
  reasons: [{ key: 'what', zh: '分类相同', en: '' }, { key: 'distance', zh: '相距', en: '' }],
})
const asked: string[] = []

function served(input: string): Promise<Response> {
  const url = new URL(input, 'http://desk')
  asked.push(url.pathname + url.search)
  if (url.pathname.endsWith('/others')) {
    const rows = url.searchParams.get('q') ? [other('251128-B', 2400, 0)] : [other('251128-A', 12, 3)]
    return Promise.resolve(Response.json({ rows }))
  }
  const isSecond = url.searchParams.get('after') === 'x'
  return Promise.resolve(Response.json({ rows: isSecond ? TREE.slice(3) : TREE.slice(0, 3), next: isSecond ? null : 'x' }))
}

const render = onStage(served)

const soon = { timeout: 15_000, interval: 20 }
const button = (text: RegExp) =>
  vi.waitFor(() => [...document.querySelectorAll('button')].find((one) => one.textContent?.match(text)) ?? Promise.reject(new Error(String(text))), soon)

it('an action is sent with the case and the category that were chosen', async () => {
  const fields = fieldsOf(schema, [])
  const sent = vi.fn()
  render(
    <QueryClientProvider client={createQueries()}>
      <SchemaForm id="f" schema={schema} fields={fields} groups={oneGroup(fields)} start={{}} record={{ id: 7, kind: 'lamp', category: 9 }} onSubmit={sent} />
    </QueryClientProvider>,
  )
  const near = await button(/251128-A/)
  expect(near.textContent).toMatch(/距本案 12 米 · 3 天前上报 · 3 人反映 · 分类相同/)
  near.click()
  const search = document.querySelector<HTMLInputElement>('#f_into')!
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(search, '251128-B')
  search.dispatchEvent(new Event('input', { bubbles: true }))
  const far = await button(/251128-B/)
  expect(far.textContent).toMatch(/距本案 2.4 公里 · 今天上报/)
  far.click()
  ;(await button(/请选择/)).click()
  ;(await button(/路灯不亮/)).click()
  await vi.waitFor(() => expect(document.body.textContent).toMatch(/照明 \/ 路灯不亮/), soon)
  document.querySelector('form')!.requestSubmit()
  await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ into: '251128-B', category: 'light.out' }), soon)
  expect(asked.some((one) => one.includes('/api/cases/7/others') && one.includes('to_merge=true'))).toBe(true)
})

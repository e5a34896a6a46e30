/** What a question offers: records that fit, and words of a catalogue that fit the rest of the form. */
import type { RJSFSchema } from '@rjsf/utils'
import { QueryClientProvider } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import { amongOf } from '../form/among'
import { asking, linesOf } from '../form/PickedControl'
import SchemaForm from '../form/SchemaForm'
import { fieldsOf, oneGroup } from '../form/schema'
import { onStage } from './fixtures/stage'

describe('records that a question offers', () => {
  it('are narrowed by the filters that it names, with what stands in the record', () => {
    const among = ['left_kg:gt:0', 'firm:eq:$record.producer', 'code:eq:$record.code']
    expect(amongOf(among, { producer: 7, code: '900-249-08' })).toEqual([
      { field: 'left_kg', op: 'gt', value: '0' },
      { field: 'firm', op: 'eq', value: '7' },
      { field: 'code', op: 'eq', value: '900-249-08' },
    ])
  })
  it('are not narrowed by what nobody knows', () => {
    expect(amongOf(['firm:eq:$record.producer', 'in_use:eq:true'], undefined)).toEqual([{ field: 'in_use', op: 'eq', value: 'true' }])
    expect(amongOf(undefined, {})).toEqual([])
  })
})

describe('words of a catalogue', () => {
  it('are asked for with all that the form says beside, and the record', () => {
    const asked = asking('油', 'code', { code: 'x', stream: 'hazardous', receiver: 12, scan: [1], note: undefined }, { id: 5 })
    expect(asked).toEqual({ stream: 'hazardous', receiver: '12', record: '5', q: '油' })
  })
  it('stand one a line, however a text parts them', () => {
    expect(linesOf('HW08\n900-041-49；HW12')).toEqual(['HW08', '900-041-49', 'HW12'])
    expect(linesOf(undefined)).toEqual([])
  })
})

const schema = {
  type: 'object',
  required: ['code'],
  properties: {
    stream: { type: 'string', title: '种类', default: 'hazardous' },
    code: { type: 'string', title: '废物代码', 'x-hexi-picks': 'waste.codes' },
  },
} as RJSFSchema
const asked: string[] = []
const served = (input: string): Promise<Response> => {
  asked.push(decodeURIComponent(input))
  return Promise.resolve(Response.json({ rows: [{ value: '900-249-08', label: '900-249-08 废矿物油', about: 'HW08 · 毒性、易燃性' }] }))
}
const render = onStage(served)
const soon = { timeout: 15_000, interval: 20 }

it('a code is picked with its name and hazards in sight', async () => {
  const fields = fieldsOf(schema, [])
  render(
    <QueryClientProvider client={createQueries()}>
      <SchemaForm id="f" schema={schema} fields={fields} groups={oneGroup(fields)} start={{ stream: 'medical' }} onSubmit={vi.fn()} />
    </QueryClientProvider>,
  )
  const box = await vi.waitFor(() => document.querySelector<HTMLElement>('#f_code') ?? Promise.reject(new Error('no control yet')), soon)
  box.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
  const line = await vi.waitFor(() => document.querySelector<HTMLElement>('.picked-line') ?? Promise.reject(new Error('no line yet')), soon)
  expect(line.textContent).toBe('900-249-08 废矿物油HW08 · 毒性、易燃性')
  expect(asked.some((url) => url.includes('/api/data/waste.codes') && url.includes('stream=medical'))).toBe(true)
})

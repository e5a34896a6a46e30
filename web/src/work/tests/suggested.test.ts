import { describe, expect, it } from 'vitest'
import type { RJSFSchema } from '@rjsf/utils'
import { roomFor } from '../form/room'
import { fieldsOf } from '../form/schema'
import { begunWith, suggestedFor } from '../form/suggested'

const schema = {
  type: 'object',
  properties: {
    lead: { type: 'string', title: '主办单位', 'x-hexi-widget': 'office', 'x-hexi-suggested': 'routing.office' },
    co_offices: { type: 'array', items: { type: 'string' }, 'x-hexi-widget': 'offices', 'x-hexi-suggested': 'routing.co_offices' },
    instruction: { type: 'string', title: '交办要求' },
  },
} as RJSFSchema
const why = { zh: '规则“路灯”（第 10 位）', en: 'rule “lamps” (number 10)' }

describe('what the record suggests', () => {
  it('is read where each question says, with its reason', () => {
    const record = { routing: { office: 'urban', co_offices: ['parks'], why } }
    expect(suggestedFor(fieldsOf(schema, []), record)).toEqual({
      lead: { value: 'urban', why },
      co_offices: { value: ['parks'], why },
    })
  })

  it('is nothing where the record has no such document, as one that was imported, or one that is masked', () => {
    expect(suggestedFor(fieldsOf(schema, []), { routing: {} })).toEqual({})
    expect(suggestedFor(fieldsOf(schema, []), { routing: null })).toEqual({})
  })
})

describe('what a question begins with', () => {
  it('is a field of the record where it names one, and nothing where it names none or a document', () => {
    const mended = { type: 'object', properties: { payload: { type: 'string', title: '内容', 'x-hexi-suggested': 'payload' } } } as RJSFSchema
    expect(begunWith(fieldsOf(mended, []), { payload: '{"value": 7}' })).toEqual({ payload: '{"value": 7}' })
    expect(begunWith(fieldsOf(schema, []), { routing: { office: 'urban' } })).toEqual({})
  })
})

describe('the room of a list of choices', () => {
  const control = { top: 300, bottom: 334 }

  it('ends above the buttons below the form', () => {
    const { placement, listHeight } = roomFor(control, 550)
    expect(placement).toBe('bottomLeft')
    expect(control.bottom + listHeight).toBeLessThan(550)
  })

  it('is above the control where only a row or two would fit below', () => {
    expect(roomFor(control, 420)).toEqual({ placement: 'topLeft', listHeight: 256 })
    expect(roomFor({ top: 60, bottom: 94 }, 200)).toMatchObject({ placement: 'bottomLeft' })
  })

  it('is no taller than usual', () => {
    expect(roomFor(control, 2000)).toEqual({ placement: 'bottomLeft', listHeight: 256 })
  })
})

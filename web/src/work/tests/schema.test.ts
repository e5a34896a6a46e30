import { describe, expect, it } from 'vitest'
import type { RJSFSchema } from '@rjsf/utils'
import { fieldsOf, formSchema, kindOf, uiFor, withoutNull } from '../form/schema'
import type { Field } from '../wire'

describe('the form behind a model', () => {
  it('shows the real branch of a union with null', () => {
    expect(withoutNull({ title: '计划数', anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }] })).toEqual({
      title: '计划数',
      type: 'number',
      minimum: 0,
    })
    expect(withoutNull({ anyOf: [{ type: 'number' }, { type: 'string', pattern: '^[0-9.]+$' }] })).toEqual({ type: 'number' })
    expect(withoutNull({ type: ['string', 'null'] })).toEqual({ type: 'string' })
    expect(withoutNull({ oneOf: [{ const: 'a' }, { const: 'b' }] })).toEqual({ oneOf: [{ const: 'a' }, { const: 'b' }] })
  })

  it('keeps only the fields that are shown, and their duties', () => {
    const schema: RJSFSchema = {
      title: '任务',
      type: 'object',
      required: ['title', 'id'],
      properties: { id: { type: 'integer' }, title: { type: 'string' }, note: { type: 'string', default: null } },
    }
    expect(formSchema(schema, ['title', 'note'])).toEqual({
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string' }, note: { type: 'string' } },
    })
  })

  it('chooses a control by kind, and a wish it knows', () => {
    const place: Field = { key: 'place', label: { zh: '地点', en: 'place' }, kind: 'place' }
    const stage: Field = { key: 'stage', label: { zh: '环节', en: 'stage' }, kind: 'choice' }
    const ui = uiFor([place, stage], { place: 'map3d', stage: 'radio' })
    expect(ui.place?.['ui:widget']).toBe('place')
    expect(ui.stage?.['ui:widget']).toBe('radioChoice')
  })

  it('reads the kind of an action’s fields from their schema', () => {
    expect(kindOf({ type: 'string', format: 'date' })).toBe('day')
    expect(kindOf({ anyOf: [{ type: 'number' }, { type: 'null' }] })).toBe('number')
    expect(kindOf({ type: 'boolean' })).toBe('flag')
    expect(kindOf({ type: 'array', items: { type: 'integer' } })).toBe('file')
    expect(kindOf({ type: 'array', items: { type: 'string', oneOf: [{ const: 'rail', title: '扶手' }] } })).toBe('choice')
    expect(kindOf({ type: 'string', 'x-hexi-kind': 'longtext' } as RJSFSchema)).toBe('longtext')
  })

  it('lends a step’s fields their unit from the model, but never a label to another question', () => {
    const known: Field = { key: 'done', label: { zh: '完成数', en: 'done' }, kind: 'number', unit: '台' }
    const fields = fieldsOf(
      {
        type: 'object',
        required: ['done'],
        properties: { done: { type: 'number', title: '本月完成' }, note: { type: 'string', title: '说明' } },
      },
      [known],
    )
    expect(fields[0]).toMatchObject({ label: '本月完成', unit: '台', required: true })
    expect(fields[1]).toMatchObject({ label: '说明', kind: 'text', unit: null, required: false })
  })
})

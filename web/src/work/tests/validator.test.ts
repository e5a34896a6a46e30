import { describe, expect, it } from 'vitest'
import type { RJSFSchema } from '@rjsf/utils'
import { errorsIn, validatorIn, withoutEmpty } from '../form/validator'

const schema: RJSFSchema = {
  type: 'object',
  required: ['title', 'planned'],
  properties: {
    title: { type: 'string', title: '任务', minLength: 2, maxLength: 8 },
    planned: { type: 'number', title: '计划数', minimum: 1 },
    category: {
      title: '类别',
      oneOf: [
        { const: 'works', title: '工程类' },
        { const: 'services', title: '公共服务类' },
      ],
    },
    day: { type: 'string', format: 'date' },
    phone: {
      type: 'string',
      pattern: '^1[0-9]{10}$',
      'x-hexi-error': { zh: '手机号为 11 位数字', en: 'A mobile number has 11 digits' },
    } as RJSFSchema,
    lines: { type: 'array', items: { $ref: '#/$defs/Line' } },
  },
  $defs: { Line: { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } } },
}

const found = (data: unknown, lang: 'zh' | 'en' = 'zh') =>
  Object.fromEntries(errorsIn(schema, data, lang).map((error) => [error.property, error.message]))

describe('the validator', () => {
  it('accepts what is right', () => expect(found({ title: '口袋公园', planned: 6, category: 'works', day: '2025-10-31' })).toEqual({}))

  it('names each missing field, in the reader’s language', () => {
    expect(found({})).toEqual({ '.title': '请填写', '.planned': '请填写' })
    expect(found({}, 'en')).toEqual({ '.title': 'Fill this in', '.planned': 'Fill this in' })
  })

  it('counts null and undefined as not filled in', () => {
    expect(found({ title: null, planned: undefined })).toEqual({ '.title': '请填写', '.planned': '请填写' })
    expect(withoutEmpty({ a: null, b: [{ c: undefined, d: 0 }], e: false })).toEqual({ b: [{ d: 0 }], e: false })
  })

  it('says the limit', () => {
    expect(found({ title: '园', planned: 0 })).toEqual({ '.title': '至少 2 个字', '.planned': '不能小于 1' })
    expect(found({ title: '一二三四五六七八九', planned: 1 })['.title']).toBe('最多 8 个字')
  })

  it('gives one message for a choice, not one per option', () => {
    expect(errorsIn(schema, { title: '公园', planned: 1, category: 'other' }, 'zh').map((error) => error.message)).toEqual([
      '请从列表中选择',
    ])
  })

  it('prefers the field’s own message', () => {
    expect(found({ title: '公园', planned: 1, phone: '12' })['.phone']).toBe('手机号为 11 位数字')
    expect(found({ title: '公园', planned: 1, phone: '12' }, 'en')['.phone']).toBe('A mobile number has 11 digits')
  })

  it('refuses a wrong type, date and nested item', () => {
    const wrong = found({ title: '公园', planned: 'six', day: '2025-13-01', lines: [{ name: '' }, {}] })
    expect(wrong).toEqual({
      '.planned': '请填写数字',
      '.day': '请填写日期，例如 2025-11-20',
      '.lines.0.name': '请填写',
      '.lines.1.name': '请填写',
    })
  })

  it('answers rjsf with an error schema, and follows a change of language', () => {
    let lang: 'zh' | 'en' = 'zh'
    const validator = validatorIn<Record<string, unknown>>(() => lang)
    expect(validator.validateFormData({ title: '公园' }, schema).errorSchema).toEqual({ planned: { __errors: ['请填写'] } })
    lang = 'en'
    expect(validator.validateFormData({ title: '公园' }, schema).errorSchema).toEqual({ planned: { __errors: ['Fill this in'] } })
  })

  it('resolves a branch against the definitions of the root', () => {
    const validator = validatorIn<unknown>(() => 'zh')
    expect(validator.isValid({ $ref: '#/$defs/Line' }, { name: '井盖' }, schema)).toBe(true)
    expect(validator.isValid({ $ref: '#/$defs/Line' }, {}, schema)).toBe(false)
  })
})

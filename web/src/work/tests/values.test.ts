import { describe, expect, it } from 'vitest'
import { fileSize, headText, isMasked, valueText } from '../values'
import type { Field } from '../wire'

const field = (kind: string, more: Partial<Field> = {}): Field => ({ key: 'it', label: { zh: '项', en: 'item' }, kind, ...more })
const zh = (kind: string, value: unknown, more: Partial<Field> = {}, row = {}) => valueText(field(kind, more), value, row, null, 'zh')

describe('a cell', () => {
  it('shows a dash for what is empty, and never for zero or no', () => {
    expect([zh('number', null), zh('text', ''), zh('file', [])]).toEqual(['—', '—', '—'])
    expect([zh('number', 0), zh('flag', false)]).toEqual(['0', '否'])
  })

  it('groups digits and keeps the decimals that the field declares', () => {
    expect(zh('number', 12500)).toBe('12,500')
    expect(zh('number', '8.70', { decimals: 2 })).toBe('8.70')
    expect(zh('money', '1234567.5')).toBe('1,234,567.50')
  })

  it('leaves a number as it is that names something, such as a year or a seed', () => {
    expect([zh('number', 20251031, { plain: true }), zh('number', '117.229876', { plain: true })]).toEqual(['20251031', '117.229876'])
  })

  it('calls the entries of a document by their names where its keys are organisations', () => {
    const options = [{ value: 'housing', label: { zh: '区住建委', en: 'Housing Commission' } }]
    expect(zh('document', { housing: 12, other: 3 }, { options })).toBe('区住建委：12；other：3')
    expect(valueText(field('document', { options }), { housing: 12 }, {}, null, 'en')).toBe('Housing Commission: 12')
  })

  it('reads what a rule wrote down in both languages, one sentence or several names', () => {
    const names = [{ key: 'rail', zh: '扶手', en: 'rails' }, { key: 'seat', zh: '座椅', en: 'seat' }]
    expect(zh('document', { zh: '每餐补3元', en: '3 yuan a meal' })).toBe('每餐补3元')
    expect(valueText(field('document'), names, {}, null, 'en')).toBe('rails, seat')
    expect([zh('document', {}), zh('document', { a: 1 })]).toEqual(['—', 'a：1'])
  })

  it('prefers the label beside a code', () => {
    expect(zh('place', '120103001', {}, { it__label: '大营门街道' })).toBe('大营门街道')
    expect(zh('reference', 7, {}, { it__label: '第 3 组' })).toBe('第 3 组')
    expect(zh('place', '120103001')).toBe('120103001')
  })

  it('tells a document in words and never as code', () => {
    const routed = { office: '', co_offices: [], rule: null, why: { zh: '没有适用的派单规则', en: 'no rule fits' } }
    expect([zh('document', routed), valueText(field('document'), routed, {}, null, 'en')]).toEqual(['没有适用的派单规则', 'no rule fits'])
    expect(zh('document', { housing: 25, civil: 8, none: null })).toBe('housing：25；civil：8')
    expect(zh('document', [1, 501])).toBe('1、501')
  })

  it('reads a choice from the dictionary of the answer, then from the model', () => {
    const dict = { it: { works: { zh: '工程类', en: 'works' } } }
    expect(valueText(field('choice'), 'works', {}, dict, 'zh')).toBe('工程类')
    expect(valueText(field('choice'), 'works', {}, dict, 'en')).toBe('works')
    expect(zh('choice', 'services', { options: [{ value: 'services', label: { zh: '公共服务类', en: 'services' } }] })).toBe('公共服务类')
    expect(zh('choice', 'unknown')).toBe('unknown')
  })

  it('shows a share as percent, and an English twin to English readers', () => {
    expect(valueText({ ...field('number'), key: 'due_share' }, 0.5321, {}, null, 'zh')).toBe('53.2%')
    expect(valueText(field('text'), '口袋公园', { it_en: 'pocket park' }, null, 'en')).toBe('pocket park')
    expect(valueText(field('text'), '口袋公园', { it_en: 'pocket park' }, null, 'zh')).toBe('口袋公园')
  })

  it('tells moments in the district’s time and days as they are', () => {
    expect(zh('moment', '2025-10-31T16:30:00Z')).toBe('2025-11-01 00:30')
    expect(zh('day', '2025-10-31')).toBe('2025-10-31')
  })

  it('names files that come as objects, and several of them', () => {
    expect(
      zh('file', [
        { id: 1, name: '验收单.pdf' },
        { id: 2, name: '现场.jpg' },
      ]),
    ).toBe('验收单.pdf、现场.jpg')
  })
})

describe('the head of a column', () => {
  it('carries the unit of numbers', () => {
    expect(headText(field('number', { unit: { zh: '台', en: 'units' } }), 'zh')).toBe('项（台）')
    expect(headText(field('number', { unit: { zh: '台', en: 'units' } }), 'en')).toBe('Item (units)')
    expect(headText(field('text'), 'zh')).toBe('项')
  })
})

describe('the size of a file', () => {
  it('is said in the nearest unit', () =>
    expect([fileSize(900), fileSize(2_048), fileSize(26_214_400)]).toEqual(['900 B', '2.0 KB', '25 MB']))
})

describe('a masked value', () => {
  const name = field('text', { privacy: 'personal' })

  it('is told from a clear one by its shape', () => {
    expect(isMasked(name, { it: '张*' }, ['it'])).toBe(true)
    expect(isMasked(name, { it: null }, ['it'])).toBe(true)
    expect(isMasked(name, { it: '张敏' }, ['it'])).toBe(false)
    expect(isMasked(name, { it: '张*' }, [])).toBe(false)
  })

  it('is not assumed where data are not personal', () =>
    expect(isMasked(field('text', { privacy: 'internal' }), { it: null }, ['it'])).toBe(false))

  it('follows the row where the row says so', () => expect(isMasked(field('text'), { it: 'x', __masked: ['it'] }, [])).toBe(true))
})

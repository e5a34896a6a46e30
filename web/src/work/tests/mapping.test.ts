import { describe, expect, it } from 'vitest'
import { assign, chosen, commitBlock, confidence, missingFields, proposed } from '../imports/mapping'
import type { ImportColumn, ImportQuestion, SheetField } from '../wire'

const column = (index: number, field: string | null, sure: number): ImportColumn => ({
  index,
  header: `列${index}`,
  letter: 'ABC'[index]!,
  samples: [],
  field,
  confidence: sure,
})
const field = (key: string, required: boolean): SheetField => ({ key, label: { zh: key, en: key }, required })
const question = (key: string, answer: string, proposed: string): ImportQuestion => ({ key, label: key, options: [], proposed, answer })

describe('matching columns to fields', () => {
  it('gives a field to the surest column only', () => {
    expect(proposed([column(0, 'title', 0.6), column(1, 'title', 0.95), column(2, null, 0)])).toEqual({ 1: 'title' })
  })

  it('moves a field when it is chosen for another column', () => {
    expect(assign({ 0: 'title', 1: 'code' }, 2, 'title')).toEqual({ 1: 'code', 2: 'title' })
    expect(assign({ 0: 'title' }, 0, null)).toEqual({})
  })

  it('names the required fields that have no column', () => {
    expect(
      missingFields({ 0: 'title' }, [field('title', true), field('code', true), field('note', false)]).map((item) => item.key),
    ).toEqual(['code'])
  })

  it('trusts a person more than the guess', () => {
    expect(confidence(column(0, 'title', 0.4), 'title')).toBe('unsure')
    expect(confidence(column(0, 'title', 0.7), 'title')).toBe('likely')
    expect(confidence(column(0, 'title', 0.4), 'code')).toBe('sure')
    expect(confidence(column(0, null, 0), undefined)).toBe('none')
  })

  it('refuses all or nothing while a row is bad, and an import of nothing', () => {
    expect(commitBlock('all_or_nothing', { good: 10, bad: 1, questions: [] })).toBe('bad_rows')
    expect(commitBlock('good_rows', { good: 10, bad: 1, questions: [] })).toBeNull()
    expect(commitBlock('good_rows', { good: 0, bad: 3, questions: [] })).toBe('no_rows')
  })

  it('proposes what the file speaks for, and lets nothing in before somebody has answered', () => {
    const questions = [question('kind', 'lamp', ''), question('order:1', '', 'month')]
    expect(chosen(questions)).toEqual({ kind: 'lamp', 'order:1': 'month' })
    expect(commitBlock('good_rows', { good: 10, bad: 0, questions })).toBe('questions')
  })
})

import { expect, test } from 'vitest'
import type { Sheet } from '../data/slip'
import { missingIn, slipLane, slipParcel } from '../slip/answering'

const sheet: Sheet = {
  key: 'deeds', label: { zh: '确认', en: 'word' }, title: { zh: '送餐', en: 'meals' }, facts: [], closed: null, on: 'grid.confirmation', act: 'confirm_by_code', secret: 'code',
  form: { properties: { verdict: { title: '办得怎么样' }, note: {} }, required: ['verdict'] },
}

test('an answer carries the secret where the form asks for it, and the phone keeps no more of it than four letters', () => {
  const draft = slipParcel(sheet, 'ABCDEFGHJK23', { verdict: 'done' }, '送餐')
  expect(draft).toMatchObject({ kind: 'slip', address: '/api/records/grid.confirmation/actions/confirm_by_code', body: { values: { verdict: 'done', code: 'ABCDEFGHJK23' } } })
  expect(slipLane('deeds', 'ABCDEFGHJK23')).toBe('slip deeds JK23')
})

test('what has to be answered is named by its title', () => {
  expect(missingIn(sheet, {})).toBe('办得怎么样')
  expect(missingIn(sheet, { verdict: 'done' })).toBeNull()
})

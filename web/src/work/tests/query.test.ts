import { describe, expect, it } from 'vitest'
import {
  dayRange,
  daysIn,
  emptyQuery,
  fromUrl,
  fromView,
  parseWhere,
  sameView,
  sortOrder,
  sortText,
  toRequest,
  toScope,
  toUrl,
  toView,
  withField,
  type ListQuery,
} from '../list/query'
import type { Field } from '../wire'

const query: ListQuery = {
  q: '口袋公园 & 绿地',
  where: [
    { field: 'status', op: 'in', value: 'late,at_risk' },
    { field: 'at', op: 'ge', value: '2025-10-01T00:00:00+08:00' },
  ],
  set: 'late_share.hit',
  sort: '-planned',
  columns: ['code', 'title'],
  after: 'eyJpZCI6OX0=',
}
const day: Field = { key: 'due', label: { zh: '期限', en: 'due' }, kind: 'day' }
const moment: Field = { ...day, key: 'at', kind: 'moment' }

describe('the address of a list', () => {
  it('holds the whole state and gives it back', () => expect(fromUrl(new URLSearchParams(toUrl(query).toString()))).toEqual(query))

  it('is empty for an untouched list', () => expect(toUrl(emptyQuery).toString()).toBe(''))

  it('keeps colons in values and ignores what it does not know', () => {
    expect(parseWhere('at:ge:2025-10-01T00:00:00+08:00')?.value).toBe('2025-10-01T00:00:00+08:00')
    expect(fromUrl(new URLSearchParams('where=title:like:x&where=nonsense&where=&where=place:within:120103001')).where).toEqual([
      { field: 'place', op: 'within', value: '120103001' },
    ])
  })

  it('asks the server for rows without the chosen columns, and counts without paging', () => {
    expect(toRequest(query, 50).has('columns')).toBe(false)
    expect(toRequest(query, 50).get('limit')).toBe('50')
    expect([...toScope(query, 'status').keys()]).toEqual(['q', 'where', 'set'])
  })

  it('goes back to the first page when a condition changes', () => {
    const next = withField(query, 'status', [])
    expect(next.after).toBe('')
    expect(next.where).toHaveLength(1)
  })

  it('survives a saved view', () => {
    expect(fromView(toView(query))).toEqual({ ...query, after: '' })
    expect(sameView(query, fromView(toView(query)))).toBe(true)
    expect(sameView(query, { ...query, q: '' })).toBe(false)
  })

  it('reads and writes the order', () => {
    expect([sortOrder('-planned', 'planned'), sortOrder('planned', 'planned'), sortOrder('planned', 'code')]).toEqual([
      'descend',
      'ascend',
      null,
    ])
    expect([sortText('code', 'descend'), sortText('code', 'ascend'), sortText('code', null)]).toEqual(['-code', 'code', ''])
  })
})

describe('a range of days', () => {
  it('includes both ends of a day field', () => {
    expect(dayRange(day, '2025-10-01', '2025-10-31').map((item) => `${item.op} ${item.value}`)).toEqual(['ge 2025-10-01', 'le 2025-10-31'])
  })

  it('covers the last day of a moment in the district’s time', () => {
    const range = dayRange(moment, '2025-10-01', '2025-10-31')
    expect(range.map((item) => `${item.op} ${item.value}`)).toEqual(['ge 2025-10-01T00:00:00+08:00', 'lt 2025-11-01T00:00:00+08:00'])
    expect(daysIn(range)).toEqual({ from: '2025-10-01', to: '2025-10-31' })
  })
})

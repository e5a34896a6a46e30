import { describe, expect, it } from 'vitest'
import { changedValues, clashes, isSame, onlyTheirs, resolved } from '../record/merge'

const before = { title: '口袋公园', planned: 6, lead: '城管委', note: null }
const mine = { planned: 7, note: '增一处' }
const theirs = { title: '口袋公园建设', planned: 8, lead: '城管委', note: null }

describe('two people change one record', () => {
  it('sends only what was changed', () => {
    const after = { ...before, planned: 7, note: '' }
    expect(changedValues(before, after, ['title', 'planned', 'note'])).toEqual({ planned: 7 })
    expect(changedValues({ note: '旧' }, { note: '' }, ['note'])).toEqual({ note: null })
  })

  it('counts every way of empty as the same', () => {
    expect(isSame(undefined, '')).toBe(true)
    expect(isSame(0, '')).toBe(false)
    expect(isSame([1, 2], [1, 2])).toBe(true)
  })

  it('finds what both changed, and only that', () => {
    expect(clashes(before, mine, theirs)).toEqual([{ field: 'planned', before: 6, mine: 7, theirs: 8 }])
    expect(clashes(before, { planned: 8 }, theirs)).toEqual([])
  })

  it('shows what only they changed', () => {
    expect(onlyTheirs(before, mine, theirs, Object.keys(before)).map((clash) => clash.field)).toEqual(['title'])
  })

  it('waits for a choice on every clash', () => {
    const open = clashes(before, mine, theirs)
    expect(resolved(mine, open, {}, theirs)).toBeNull()
    expect(resolved(mine, open, { planned: 'mine' }, theirs)).toEqual({ planned: 7, note: '增一处' })
    expect(resolved(mine, open, { planned: 'theirs' }, theirs)).toEqual({ note: '增一处' })
  })

  it('has nothing to send when theirs is kept everywhere', () => {
    const only = { planned: 7 }
    expect(resolved(only, clashes(before, only, theirs), { planned: 'theirs' }, theirs)).toEqual({})
  })
})

import { describe, expect, it } from 'vitest'
import { monthsOf, monthToShow } from '../report/months'

describe('the months of a report', () => {
  it('reach into the next year', () => {
    expect(monthsOf(2025)).toHaveLength(14)
    expect(monthsOf(2025).at(-1)).toBe('2026-02')
  })

  it('begin with the month asked for, then the newest with figures', () => {
    expect(monthToShow('2025-10', '2025-09', 2025)).toBe('2025-10')
    expect(monthToShow('', '2025-09', 2025)).toBe('2025-09')
    expect(monthToShow('nonsense', '2027-01', 2025)).toBe('2025-12')
  })
})

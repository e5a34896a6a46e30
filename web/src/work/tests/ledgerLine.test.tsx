import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it } from 'vitest'
import type { LedgerDays } from '../../blocks/curve'
import { LedgerLine } from '../record/LedgerLine'

function shown(days: LedgerDays): HTMLElement {
  const box = document.createElement('div')
  act(() => createRoot(box).render(<LedgerLine days={days} />))
  return box
}

it('names the days that are not as the ledger has them, before those that are', () => {
  const box = shown({ matches: 5, differs: ['2026-03-02'], waiting: 1 })
  expect(box.querySelector('[role=alert]')?.textContent).toBe('与账本不符：2026-03-02')
  expect(box.textContent).toBe('与账本不符：2026-03-02 5 天与账本一致 · 1 天待记入账本')
})

it('says nothing where there are no days to speak of', () => {
  expect(shown({ matches: 0, differs: [], waiting: 0 }).innerHTML).toBe('')
})

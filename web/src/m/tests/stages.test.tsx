import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test, vi } from 'vitest'
import { Stages } from '../project/Stages'

const STAGES = [
  { key: 'planned', title: { zh: '立项', en: 'planned' } },
  { key: 'building', title: { zh: '施工', en: 'building' } },
]

function shown(current: string): HTMLElement {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  const box = document.createElement('div')
  act(() => createRoot(box).render(<Stages stages={STAGES} current={current} milestones={[]} />))
  return box
}

test('a stage that nobody published is said to be unpublished, and no step is marked as the present one', () => {
  const box = shown('unstated')
  expect(box.textContent).toContain('阶段未公布')
  expect(box.textContent).not.toContain('立项')
  expect(box.querySelector('[aria-current]')).toBeNull()
})

test('a stage that was told is the present one', () => {
  const box = shown('building')
  expect(box.textContent).toContain('第 2 步，共 2 步：施工')
  expect(box.querySelector('[aria-current=step]')?.textContent).toContain('施工')
})

import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useRowKeys } from '../cases/rowKeys'
import type { ViewOf } from '../cases/views'
import { emptyQuery } from '../list/query'
import type { Row } from '../wire'

const ROWS = [3, 5, 8].map((id) => ({ id, version: 1 }) as Row)
const show = vi.fn<ViewOf['show']>()
const onStep = vi.fn<ViewOf['onStep']>()
const onPick = vi.fn<ViewOf['onPick']>()
let end = () => {}

function Titles({ open }: { open: string }) {
  const view = { desk: { view: 'list', open, query: emptyQuery }, show, onStep, onPick } as unknown as ViewOf
  const box = useRowKeys<HTMLDivElement>(ROWS, view)
  return <div ref={box}>{ROWS.map((row) => <a key={row.id} className="title-link" href="#x" id={`row${row.id}`}>{row.id}</a>)}</div>
}

function at(open = ''): void {
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  act(() => root.render(<Titles open={open} />))
  end = () => act(() => root.unmount())
}

const press = (key: string) => document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))

beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true))
afterEach(() => {
  end()
  document.body.replaceChildren()
  vi.clearAllMocks()
})

it('moves from title to title and stays at the last', () => {
  at()
  press('ArrowDown')
  expect(document.activeElement?.id).toBe('row3')
  for (let n = 0; n < 5; n++) press('ArrowDown')
  expect(document.activeElement?.id).toBe('row8')
  press('ArrowUp')
  expect(document.activeElement?.id).toBe('row5')
  expect(show).not.toHaveBeenCalled()
})

it('acts on the case in focus, and on none where there is none', () => {
  at()
  press('x')
  press('ArrowDown')
  press('x')
  press('a')
  expect([onPick.mock.calls, onStep.mock.calls]).toEqual([[[ROWS[0]]], [[ROWS[0]]]])
})

it('goes on from the case that lies open, and takes it along', () => {
  at('5')
  press('ArrowDown')
  expect(document.activeElement?.id).toBe('row8')
  expect(show).toHaveBeenCalledWith({ open: '8' })
})

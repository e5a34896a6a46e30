/** The keys of every view that has the cases under each other: arrows move from title to title, `a` and `x` are about the one in focus. */
import { useRef, type RefObject } from 'react'
import { useKey } from '../shell/shortcuts'
import type { Row } from '../wire'
import type { ViewOf } from './views'

/** The box around the titles, which stand in it in the order of the rows. What lies open beside goes along with the focus. */
export function useRowKeys<E extends HTMLElement>(rows: readonly Row[], { desk, show, onStep, onPick }: ViewOf): RefObject<E | null> {
  const box = useRef<E>(null)
  const titles = () => [...(box.current?.querySelectorAll<HTMLElement>('a.title-link') ?? [])]
  const current = () => {
    const focused = titles().findIndex((title) => title === document.activeElement)
    return focused < 0 ? rows.findIndex((row) => String(row.id) === desk.open) : focused
  }
  const step = (by: number) => {
    const at = current()
    const next = at < 0 ? 0 : at + by
    titles()[next]?.focus()
    if (desk.open && rows[next]) show({ open: String(rows[next].id) })
  }
  const held = (act: (row: Row) => void) => () => {
    const row = rows[current()]
    if (row) act(row)
  }
  useKey('ArrowDown', () => step(1))
  useKey('ArrowUp', () => step(-1))
  useKey('a', held(onStep))
  useKey('x', held(onPick))
  return box
}

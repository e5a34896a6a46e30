/** How large a box is now, and what fits into it. */
import { useEffect, useState, type RefObject } from 'react'

export interface Room {
  width: number
  height: number
}

/** Pixels inside the box; null until it has been measured. */
export function useRoom(box: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const size = new ResizeObserver(([entry]) => {
      if (entry) setRoom({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) })
    })
    size.observe(element)
    return () => size.disconnect()
  }, [box])
  return room
}

const scrolls = (element: HTMLElement | null): boolean => element !== null && getComputedStyle(element).overflowY === 'auto'

/** How many rows of a list are shown whole: a row cut in half looks like a fault on a wall. All of them where the list scrolls. */
export function useWholeRows(box: RefObject<HTMLElement | null>, count: number): number {
  const room = useRoom(box)
  const [height, setHeight] = useState(0)
  useEffect(() => setHeight(box.current?.firstElementChild?.getBoundingClientRect().height ?? 0), [box, room, count])
  return room && height && !scrolls(box.current) ? Math.max(1, Math.floor((room.height + 1) / height)) : count
}

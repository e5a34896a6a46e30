/** How high a box is now, in pixels; null until it has been measured. */
import { useEffect, useState, type RefObject } from 'react'

/** How many rows of a list are shown whole: a row cut in half looks like a fault on a wall. All rows until it is known. */
export function useWholeRows(box: RefObject<HTMLElement | null>, count: number): number {
  const room = useRoom(box)
  const [height, setHeight] = useState(0)
  useEffect(() => setHeight(box.current?.firstElementChild?.getBoundingClientRect().height ?? 0), [box, room, count])
  return room && height ? Math.max(1, Math.floor((room + 1) / height)) : count
}

export function useRoom(box: RefObject<HTMLElement | null>): number | null {
  const [room, setRoom] = useState<number | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const size = new ResizeObserver(([entry]) => setRoom(entry ? Math.floor(entry.contentRect.height) : null))
    size.observe(element)
    return () => size.disconnect()
  }, [box])
  return room
}

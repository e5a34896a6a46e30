/** How large a box is now. */
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

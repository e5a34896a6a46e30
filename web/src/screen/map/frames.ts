/** Watches how fast the map moves: a machine without a graphics card should not have to turn ten thousand buildings. */
import type { Map as GLMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'

const LEAST_PER_SECOND = 20
const SPAN_MS = 1_000
/** A single slow second may be anything; two in a row are the machine. */
const SLOW_SPANS = 2

/** Frames of a movement, counted in spans of a second. Says when it has been slow for too long. */
export class FrameCount {
  private started = 0
  private frames = 0
  private slow = 0

  begin(now: number): void {
    this.started = now
    this.frames = 0
  }

  /** True when the movement has been too slow. */
  frame(now: number): boolean {
    this.frames += 1
    const span = now - this.started
    if (span < SPAN_MS) return false
    this.slow = this.frames < (LEAST_PER_SECOND * span) / 1_000 ? this.slow + 1 : 0
    this.begin(now)
    return this.slow >= SLOW_SPANS
  }
}

/** Has the map moved too slowly under somebody's hand? Once true it stays true. */
export function useTooSlow(map: GLMap | null): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (!map || isSlow) return undefined
    const count = new FrameCount()
    const begin = () => count.begin(performance.now())
    const frame = () => {
      if (map.isMoving() && count.frame(performance.now())) setSlow(true)
    }
    map.on('dragstart', begin)
    map.on('rotatestart', begin)
    map.on('drag', frame)
    map.on('rotate', frame)
    return () => {
      map.off('dragstart', begin)
      map.off('rotatestart', begin)
      map.off('drag', frame)
      map.off('rotate', frame)
    }
  }, [map, isSlow])
  return isSlow
}

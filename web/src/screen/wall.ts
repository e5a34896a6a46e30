/** Wall mode: the same page without staff chrome; its tabs may rotate, and the pause is always in sight. */
import { useEffect, useRef, useState } from 'react'
import { screenPath } from '../shared/links'
import { isStill } from '../shared/motion'
import { scopeNow, visit } from '../shared/scope'
import type { Page } from '../shared/spec'

export const isWall = (): boolean => new URLSearchParams(location.search).get('wall') === '1'

/** The page after this one among the tabs, going round. */
export function nextPage(page: Page): string | undefined {
  const pages = (page.tabs ?? []).map((tab) => tab.page)
  return pages.length > 1 ? pages[(pages.indexOf(page.id) + 1) % pages.length] : undefined
}

export interface Rotation {
  on: boolean
  paused: boolean
  toggle: () => void
}

/** How long a page of the round stays: its own time, else that of the page before it, so that the round does not end on one without. */
function useSeconds(page: Page | undefined): number {
  const last = useRef(0)
  if (page?.rotate) last.current = page.rotate
  return last.current
}

/** Turns to the next tab every `rotate` seconds, on a wall, unless paused. */
export function useRotation(page: Page | undefined): Rotation {
  const [paused, setPaused] = useState(false)
  const seconds = useSeconds(page)
  const next = page && nextPage(page)
  const on = isWall() && !isStill() && seconds > 0 && next !== undefined
  useEffect(() => {
    if (!on || paused || next === undefined) return undefined
    const timer = setInterval(() => visit(screenPath(next), scopeNow()), seconds * 1000)
    return () => clearInterval(timer)
  }, [on, paused, next, seconds])
  return { on, paused, toggle: () => setPaused(!paused) }
}

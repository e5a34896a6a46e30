/** The size of the page's rem against 16 px: walls scale by it, never by CSS transforms. */
import { useSyncExternalStore } from 'react'

const read = (): number => (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16

function follow(changed: () => void): () => void {
  addEventListener('resize', changed)
  return () => removeEventListener('resize', changed)
}

export const useRem = (): number => useSyncExternalStore(follow, read)
export const remNow = read

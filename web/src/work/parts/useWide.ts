import { useSyncExternalStore } from 'react'

/** Room for a list and a record beside each other. */
const WIDE = '(min-width: 1440px)'

function follow(changed: () => void): () => void {
  const media = matchMedia(WIDE)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

export const useWide = (): boolean => useSyncExternalStore(follow, () => matchMedia(WIDE).matches)

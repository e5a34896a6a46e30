import { useEffect } from 'react'

/** A page with one large button has nothing beside it that leads away by mistake; those behind it, for old eyes, only the way back. */
export function useAlone(mark: string, isAlone: boolean): void {
  useEffect(() => {
    document.documentElement.toggleAttribute(mark, isAlone)
    return () => document.documentElement.removeAttribute(mark)
  }, [mark, isAlone])
}

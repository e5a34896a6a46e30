/** Marks the document when everything on view has arrived, for the server's PNG and PDF and for the browser tests. */
import { useIsFetching } from '@tanstack/react-query'
import { useEffect } from 'react'
import { create } from 'zustand'

const useWaiting = create<{ map: boolean }>(() => ({ map: false }))

/** The map says whether it is still being drawn. */
export const mapIsDrawing = (map: boolean): void => useWaiting.setState({ map })

const SETTLE_MS = 600

/** `data-ready` on the root element appears once nothing is fetched and the map stands still, and stays. */
export function useReadyMark(): void {
  const fetching = useIsFetching()
  const map = useWaiting((state) => state.map)
  useEffect(() => {
    if (fetching > 0 || map) return undefined
    const timer = setTimeout(() => {
      document.documentElement.dataset['ready'] = 'true'
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [fetching, map])
}

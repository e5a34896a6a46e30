/** Whether the server was reached last time: the phone's own "online" flag is wrong on an intranet and behind a dead Wi-Fi. */
import { create } from 'zustand'

interface Reach { reached: boolean }

export const useReach = create<Reach>(() => ({ reached: typeof navigator === 'undefined' || navigator.onLine }))

export function noteReached(reached: boolean): void {
  if (useReach.getState().reached !== reached) useReach.setState({ reached })
}

/** Calls back when it is worth trying again: the network came back, or the reader came back to the page. */
export function onReturn(again: () => void): () => void {
  const visible = () => {
    if (document.visibilityState === 'visible') again()
  }
  const lost = () => noteReached(false)
  window.addEventListener('online', again)
  window.addEventListener('offline', lost)
  document.addEventListener('visibilitychange', visible)
  return () => {
    window.removeEventListener('online', again)
    window.removeEventListener('offline', lost)
    document.removeEventListener('visibilitychange', visible)
  }
}

/** The service worker: the page starts without a network, and a new version takes over only when the reader says so. */
import { create } from 'zustand'

const useWaiting = create<{ worker: ServiceWorker | null }>(() => ({ worker: null }))

/** Test browsers that block workers answer with no registration at all. */
function watch(registration: ServiceWorkerRegistration | undefined): void {
  if (!registration) return
  const offer = (worker: ServiceWorker | null) => {
    if (worker?.state === 'installed' && navigator.serviceWorker.controller) useWaiting.setState({ worker })
  }
  offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => offer(worker))
  })
}

/** Workers exist only on encrypted addresses and this machine's own; elsewhere the page works with a network only. */
export function startWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  navigator.serviceWorker.register('/sw.js', { scope: '/m/' }).then(watch, (error: unknown) => {
    console.warn('The page will not open without a network.', error)
  })
}

function takeOver(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.postMessage({ type: 'SKIP_WAITING' })
}

/** The way to the newer version, or null when this is the newest. */
export function useUpdate(): (() => void) | null {
  const worker = useWaiting((state) => state.worker)
  return worker && (() => takeOver(worker))
}

/** Asks the browser to wake the worker once there is a network, where it can do that. */
export const SYNC = 'hexi-m-outbox'

interface Syncing { sync?: { register: (tag: string) => Promise<void> } }

export async function askForSync(): Promise<void> {
  if (!('serviceWorker' in navigator) || !navigator.serviceWorker.controller) return
  const registration = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & Syncing
  // Refused where the reader forbids work in the background: the page sends as it always does.
  await registration.sync?.register(SYNC).catch(() => undefined)
}

/** The part of the worker that sends what waits when the network comes back and no page is open. Browsers without this event wait for the page. */
import { carry } from './carry'
import './pushed'
import { flush, nextTry } from './send'
import { SYNC } from './syncing'

interface SyncEvent extends Event { tag: string; waitUntil: (work: Promise<void>) => void }

/** A rejected promise asks the browser to come back later. */
async function sendInBackground(): Promise<void> {
  await flush(carry, { onlyDue: true })
  const next = await nextTry()
  if (next !== null && next <= Date.now()) throw new Error('Something still waits in the outbox.')
}

self.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as SyncEvent
  if (tag === SYNC) waitUntil.call(event, sendInBackground())
})

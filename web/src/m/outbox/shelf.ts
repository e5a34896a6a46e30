/** Where the parcels lie on the phone, and word of every change. */
import { device } from '../device/store'
import type { Parcel } from './parcel'

const changed = new EventTarget()
/** Other tabs and the worker send too; what they did is seen here at once. */
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('hexi-m-outbox')
others?.addEventListener('message', () => changed.dispatchEvent(new Event('change')))

export function onOutbox(listener: () => void): () => void {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}

/** Tells whoever shows the outbox, here and elsewhere, that it is not what it was. */
export function tellChange(): void {
  changed.dispatchEvent(new Event('change'))
  others?.postMessage(null)
}

/** Notes the parcel as it is now, and tells whoever shows it. */
export async function write(parcel: Parcel): Promise<void> {
  await (await device()).put('outbox', parcel)
  tellChange()
}

export async function parcels(): Promise<Parcel[]> {
  const all = await (await device()).getAll('outbox')
  return all.sort((a, b) => b.written_at - a.written_at)
}

/** Where the parcels lie on the phone, and word of every change. */
import { device } from '../device/store'
import type { Parcel } from './parcel'

const changed = new EventTarget()

export function onOutbox(listener: () => void): () => void {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}

/** Tells whoever shows the outbox that it is not what it was. */
export const tellChange = (): void => void changed.dispatchEvent(new Event('change'))

/** Notes the parcel as it is now, and tells whoever shows it. */
export async function write(parcel: Parcel): Promise<void> {
  await (await device()).put('outbox', parcel)
  tellChange()
}

export async function parcels(): Promise<Parcel[]> {
  const all = await (await device()).getAll('outbox')
  return all.sort((a, b) => b.written_at - a.written_at)
}

/** The outbox: everything submitted is written to the phone first, under an id chosen here once, and sent afterwards. */
import { device } from '../device/store'
import { newId } from '../device/newId'
import type { Draft, Parcel } from './parcel'
import { tellChange, write } from './shelf'

export async function put(draft: Draft, now = Date.now()): Promise<Parcel> {
  const parcel: Parcel = {
    ...draft, client_id: newId(), state: 'waiting', written_at: now, tries: 0, next_try_at: now, refusal: null, record: null, sent_at: null,
  }
  await write(parcel)
  return parcel
}

/** Puts a refused parcel back in the queue under the same id; without its photo when the person chose so. */
export async function retry(client_id: string, { dropPhoto = false } = {}, now = Date.now()): Promise<void> {
  const parcel = await (await device()).get('outbox', client_id)
  if (!parcel || parcel.state === 'sent') return
  await write({ ...parcel, photo: dropPhoto ? null : parcel.photo, state: 'waiting', refusal: null, next_try_at: now })
}

/** Takes it off the phone. What the server already has stays there. */
export async function discard(client_id: string): Promise<void> {
  await (await device()).delete('outbox', client_id)
  tellChange()
}

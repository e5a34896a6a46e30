/** The outbox: everything submitted is written to the phone first, under an id chosen here once, and sent afterwards. */
import { device } from '../device/store'
import { newId } from '../device/newId'
import type { Draft, Parcel } from './parcel'
import { tellChange, write } from './shelf'

export async function put(draft: Draft, now = Date.now()): Promise<Parcel> {
  const client_id = newId()
  const parcel: Parcel = {
    lane: client_id, adds: false, after: null, account: null, secret: null, ...draft, client_id, state: 'waiting', written_at: now, tries: 0, next_try_at: now,
    refusal: null, present: null, record: null, sent_at: null,
  }
  await write(parcel)
  return parcel
}

interface Again {
  dropPhoto?: boolean
  /** Do it to the record as it is now: the person has seen what changed. */
  onPresent?: boolean
}

/** Puts a refused parcel back in the queue under the same id; without its photos when the person chose so. */
export async function retry(client_id: string, { dropPhoto = false, onPresent = false }: Again = {}, now = Date.now()): Promise<void> {
  const parcel = await (await device()).get('outbox', client_id)
  if (!parcel || parcel.state === 'sent') return
  const body = onPresent && parcel.present ? { ...parcel.body, version: parcel.present.version } : parcel.body
  // The server forgets files that nobody used for some days: what still lies here is uploaded anew.
  const photos = parcel.photos.map((photo) => (photo.bytes ? { ...photo, file: null } : photo))
  await write({ ...parcel, body, photos: dropPhoto ? [] : photos, state: 'waiting', refusal: null, present: null, next_try_at: now })
}

/** Takes sent parcels off the phone, unless one that waits still needs to know what became of them. Returns how many. */
export async function forgetSent(wanted: (parcel: Parcel) => boolean): Promise<number> {
  const database = await device()
  const all = await database.getAll('outbox')
  const needed = new Set(all.filter(({ state }) => state !== 'sent').map(({ after }) => after))
  const gone = all.filter((parcel) => parcel.state === 'sent' && !needed.has(parcel.client_id) && wanted(parcel))
  await Promise.all(gone.map(({ client_id }) => database.delete('outbox', client_id)))
  if (gone.length) tellChange()
  return gone.length
}

/** Takes it off the phone. What the server already has stays there. */
export async function discard(client_id: string): Promise<void> {
  await (await device()).delete('outbox', client_id)
  tellChange()
}

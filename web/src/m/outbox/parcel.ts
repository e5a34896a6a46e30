/** What a person submits, as it lies on the phone until the server has it. */

/** Bytes and not a Blob: some phones lose Blobs that lie in IndexedDB. `file` is the server's id once the photo is there. */
export interface Photo {
  field: string
  name: string
  type: string
  bytes: ArrayBuffer | null
  file: number | string | null
}

/** Why the server would not take it, in the reader's language as the server said it. */
export interface Refusal {
  status: number
  title: string
  detail: string
  do: string
  messages: string[]
}

export type ParcelState = 'waiting' | 'sent' | 'refused'

export interface Parcel {
  /** Chosen once, on the phone: the server takes a parcel with a known id as the same parcel. */
  client_id: string
  /** Where it is posted: the register's own action. */
  address: string
  values: Record<string, unknown>
  /** The words that the queue shows for it. */
  subject: string
  photo: Photo | null
  state: ParcelState
  written_at: number
  tries: number
  next_try_at: number
  refusal: Refusal | null
  record: number | string | null
  sent_at: number | null
}

export type Draft = Pick<Parcel, 'address' | 'values' | 'subject' | 'photo'>

/** What a person submits, as it lies on the phone until the server has it. */

/**
 * Bytes and not a Blob: some phones lose Blobs that lie in IndexedDB. `field` is where its number goes in the body
 * (`values.photo`; with `[]` at the end it joins a list); `file` is the server's id once the photo is there.
 */
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

/** The record as somebody else left it meanwhile, beside what this parcel wanted. */
export interface Present { version: number; values: Record<string, unknown> }

export type ParcelState = 'waiting' | 'sent' | 'refused' | 'conflict'
/** What it is, for the words of the queue; `report` also brings a number and a secret home. */
export type ParcelKind = 'statement' | 'report' | 'support' | 'reply' | 'work' | 'slip' | 'voice'

export interface Parcel {
  /** Chosen once, on the phone: the server takes a parcel with a known id as the same parcel. */
  client_id: string
  kind: ParcelKind
  /** Where it is posted. `{case}` stands for the case that the parcel `after` opened. */
  address: string
  body: Record<string, unknown>
  /** The words that the queue shows for it. */
  subject: string
  photos: Photo[]
  /** Parcels of one lane go in the order in which they were written; one that is stuck holds up those behind it. */
  lane: string
  /** It only adds to its record: what others changed meanwhile does not matter, so it holds nothing up in its lane and is never held up. */
  adds: boolean
  /** The parcel that has to be there first, and whose case this one is about. */
  after: string | null
  /** Whose it is: the account that wrote it; null for a resident. */
  account: number | null
  /** What proves that the sender may speak in this case. */
  secret: string | null
  state: ParcelState
  written_at: number
  tries: number
  next_try_at: number
  refusal: Refusal | null
  present: Present | null
  record: number | string | null
  sent_at: number | null
}

type Needed = Pick<Parcel, 'kind' | 'address' | 'body' | 'subject' | 'photos'>
export type Draft = Needed & Partial<Pick<Parcel, 'lane' | 'adds' | 'after' | 'account' | 'secret'>>

/** Takes one parcel to the server: the photo first, then the record, both at most once. */
import { api, keepCsrf, Problem } from '../../shared/api'
import type { Session } from '../../shared/spec'
import { noteReached } from '../device/reach'
import type { Carry, Outcome } from './send'
import type { Parcel, Photo, Refusal } from './parcel'

interface Stored { id: number | string }
interface Created { record?: { id?: number | string } | null; id?: number | string }

const PATIENCE_MS = 60_000
/** Answers that say nothing about the parcel itself: too busy, too early, or the server's own fault. */
const NOT_ITS_FAULT = new Set([0, 408, 425, 429])

function refusalOf({ status, message, detail, todo, errors }: Problem): Refusal {
  return { status, title: message, detail: detail === message ? '' : detail, do: todo, messages: errors.map((error) => error.message) }
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof Problem)) return { kind: 'later' }
  if (error.status === 0) noteReached(false)
  const pause = Number(error.body.retry_after)
  if (NOT_ITS_FAULT.has(error.status) || error.status >= 500) return pause > 0 ? { kind: 'later', after_ms: pause * 1000 } : { kind: 'later' }
  return { kind: 'refused', refusal: refusalOf(error) }
}

/** The token that a change needs comes with the session; asked for at every round, since it may have expired while offline. */
async function freshToken(): Promise<void> {
  const { csrf } = await api.get<Session>('/api/session', undefined, AbortSignal.timeout(PATIENCE_MS))
  keepCsrf(csrf)
}

async function upload({ bytes, type, name }: Photo): Promise<number | string> {
  const form = new FormData()
  form.append('file', new Blob([bytes ?? new ArrayBuffer(0)], { type }), name)
  return (await api.upload<Stored>('/api/files', form, AbortSignal.timeout(PATIENCE_MS))).id
}

async function withPhoto(parcel: Parcel, remember: (parcel: Parcel) => Promise<void>): Promise<Parcel> {
  const { photo } = parcel
  if (!photo || photo.file !== null) return parcel
  const there = { ...parcel, photo: { ...photo, file: await upload(photo) } }
  await remember(there)
  return there
}

async function deliver(parcel: Parcel): Promise<Outcome> {
  const { address, values, photo, client_id } = parcel
  const all = photo ? { ...values, [photo.field]: photo.file } : values
  const created = await api.post<Created>(address, { values: all, client_id }, AbortSignal.timeout(PATIENCE_MS))
  noteReached(true)
  return { kind: 'sent', record: created.record?.id ?? created.id ?? null }
}

export const carry: Carry = async (parcel, remember) => {
  try {
    await freshToken()
    return await deliver(await withPhoto(parcel, remember))
  } catch (error) {
    return outcomeOf(error)
  }
}

/** Takes one parcel to the server: the photos first, then the rest, all at most once. */
import { api, keepCsrf, Problem } from '../../shared/api'
import type { Session } from '../../shared/spec'
import { noteReached } from '../device/reach'
import { device } from '../device/store'
import { placed } from './body'
import { bringHome, type Answered } from './home'
import type { Carry, Outcome } from './send'
import type { Parcel, Photo, Present, Refusal } from './parcel'

interface Stored { id: number | string }
interface Found { rows: { id: number; version: number }[] }

const PATIENCE_MS = 60_000
/** Answers that say nothing about the parcel itself: too busy, too early, or the server's own fault. */
const NOT_ITS_FAULT = new Set([0, 408, 425, 429])
const patience = (): AbortSignal => AbortSignal.timeout(PATIENCE_MS)

function refusalOf({ status, message, detail, todo, errors }: Problem): Refusal {
  return { status, title: message, detail: detail === message ? '' : detail, do: todo, messages: errors.map((error) => error.message) }
}

function presentOf(problem: Problem): Present | null {
  const present = problem.body['present'] as Partial<Present> | undefined
  return problem.status === 409 && present && typeof present.version === 'number' ? { version: present.version, values: present.values ?? {} } : null
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof Problem)) return { kind: 'later' }
  if (error.status === 0) noteReached(false)
  const pause = Number(error.body['retry_after'])
  if (NOT_ITS_FAULT.has(error.status) || error.status >= 500) return pause > 0 ? { kind: 'later', after_ms: pause * 1000 } : { kind: 'later' }
  const present = presentOf(error)
  return present ? { kind: 'conflict', refusal: refusalOf(error), present } : { kind: 'refused', refusal: refusalOf(error) }
}

/** The token that a change needs comes with the session; asked for at every round, since it may have expired while offline. */
async function freshSession(): Promise<Session> {
  const session = await api.get<Session>('/api/session', undefined, patience())
  keepCsrf(session.csrf)
  return session
}

async function upload({ bytes, type, name }: Photo): Promise<number | string> {
  const form = new FormData()
  form.append('file', new Blob([bytes ?? new ArrayBuffer(0)], { type }), name)
  return (await api.upload<Stored>('/api/files', form, patience())).id
}

async function withPhotos(parcel: Parcel, remember: (parcel: Parcel) => Promise<void>): Promise<Parcel> {
  let present = parcel
  for (const [index, photo] of parcel.photos.entries()) {
    if (photo.file !== null) continue
    const file = await upload(photo)
    present = { ...present, photos: present.photos.map((one, at) => (at === index ? { ...one, file } : one)) }
    await remember(present)
  }
  return present
}

/** What follows a report is done to the case that the report opened, which had no number when this was written. */
async function addressed(parcel: Parcel): Promise<Parcel> {
  if (!parcel.after) return parcel
  const first = await (await device()).get('outbox', parcel.after)
  const found = await api.get<Found>('/api/cases', { where: `number:eq:${first?.record ?? ''}`, columns: 'number' }, patience())
  const [row] = found.rows
  if (!row) throw new Problem(404, { title: String(first?.record ?? '') })
  return { ...parcel, address: parcel.address.replace('{case}', String(row.id)), body: { ...parcel.body, version: row.version } }
}

async function deliver(parcel: Parcel): Promise<Outcome> {
  const { address, client_id, kind, secret } = parcel
  const body = parcel.photos.reduce((sent, { field, file }) => placed(sent, field, file), parcel.body)
  const more = { 'Idempotency-Key': client_id, ...(secret ? { 'X-Case-Secret': secret } : {}) }
  const named = kind === 'reply' || kind === 'support' ? body : { ...body, client_id }
  const answer = await api.post<Answered>(address, named, patience(), more)
  noteReached(true)
  await bringHome(parcel, answer)
  return { kind: 'sent', record: answer.number ?? answer.record?.id ?? answer.id ?? null, version: answer.version ?? null }
}

export const carry: Carry = async (parcel, remember) => {
  try {
    const session = await freshSession()
    if (parcel.account !== null && Number(session.account?.id) !== parcel.account) return { kind: 'held' }
    return await deliver(await withPhotos(await addressed(parcel), remember))
  } catch (error) {
    return outcomeOf(error)
  }
}

/**
 * Sends what waits in the outbox.
 *
 * Nothing is sent twice: the server is idempotent on the id that the parcel was given, and only one tab sends at a time.
 */
import { device } from '../device/store'
import type { Parcel, Present, Refusal } from './parcel'
import { parcels, write } from './shelf'

/** What one attempt came to. `later`: the parcel is fine and the way there is not. `held`: its author is not signed in. */
export type Outcome =
  | { kind: 'sent'; record: number | string | null; version?: number | null }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'conflict'; refusal: Refusal; present: Present }
  | { kind: 'later'; after_ms?: number }
  | { kind: 'held' }

/** Carries one parcel over; it may note on the parcel what is already there (the photos) through `remember`. */
export type Carry = (parcel: Parcel, remember: (parcel: Parcel) => Promise<void>) => Promise<Outcome>

const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 15 * 60_000

function wait(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS)
}

/** The photos are on the server now, where they take no space of the phone's; so is who reported it, and what a worker wrote of others. */
function emptied({ kind, body, photos }: Parcel): Pick<Parcel, 'body' | 'photos'> {
  return { body: kind === 'statement' ? body : {}, photos: photos.map((photo) => ({ ...photo, bytes: null })) }
}

function settled(parcel: Parcel, outcome: Outcome, now: number): Parcel {
  switch (outcome.kind) {
    case 'sent': return { ...parcel, ...emptied(parcel), state: 'sent', record: outcome.record, sent_at: now, refusal: null }
    case 'refused': return { ...parcel, state: 'refused', refusal: outcome.refusal }
    case 'conflict': return { ...parcel, state: 'conflict', refusal: outcome.refusal, present: outcome.present }
    case 'held': return { ...parcel, next_try_at: now + LONGEST_WAIT_MS }
    case 'later': return { ...parcel, tries: parcel.tries + 1, next_try_at: now + (outcome.after_ms ?? wait(parcel.tries)) }
  }
}

/** What one did oneself is no change by others: what one does to the same record next is done to what that left. */
async function follow(done: Parcel, version: number): Promise<void> {
  const next = (await parcels()).filter((one) => one.state === 'waiting' && one.lane === done.lane && recordOf(one) === recordOf(done) && 'version' in one.body)
  for (const parcel of next) await write({ ...parcel, body: { ...parcel.body, version } })
}

const recordOf = ({ address }: Parcel): string => address.replace(/\/actions\/.*$/, '')

async function attempt(parcel: Parcel, carry: Carry, clock: () => number): Promise<Outcome> {
  let present = parcel
  const outcome = await carry(parcel, async (noted) => {
    present = noted
    await write(noted)
  })
  if (await (await device()).get('outbox', parcel.client_id)) await write(settled(present, outcome, clock()))
  // The version after an addition tells of others' changes too, which the next step has not seen.
  if (outcome.kind === 'sent' && outcome.version && !parcel.adds) await follow(parcel, outcome.version)
  return outcome
}

async function sendAll(carry: Carry, onlyDue: boolean, clock: () => number): Promise<void> {
  const open = (await parcels()).filter((parcel) => parcel.state !== 'sent').reverse()
  const stuck = new Set<string>()
  for (const { client_id, lane: written, adds } of open) {
    const lane = adds ? client_id : written
    const latest = await (await device()).get('outbox', client_id)
    if (!latest || latest.state === 'sent') continue
    if (stuck.has(lane)) continue
    if (latest.state !== 'waiting' || (onlyDue && latest.next_try_at > clock())) {
      stuck.add(lane)
      continue
    }
    const { kind } = await attempt(latest, carry, clock)
    if (kind === 'later') return
    if (kind !== 'sent') stuck.add(lane)
  }
}

/** Web Locks keep two tabs apart; phones without them are kept apart by the server's idempotence alone. */
async function alone(work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request('hexi-m-outbox', work)
  else await work()
}

let turn: Promise<void> = Promise.resolve()

/** Sends what waits, oldest first, in its turn. `onlyDue` respects the pause after a failed attempt; a person's own tap does not. */
export function flush(carry: Carry, { onlyDue = false, clock = Date.now } = {}): Promise<void> {
  const run = () => alone(() => sendAll(carry, onlyDue, clock))
  turn = turn.then(run, run)
  return turn
}

/** When the next attempt is due (milliseconds since 1970), or null when nothing waits. */
export async function nextTry(): Promise<number | null> {
  const times = (await parcels()).filter((parcel) => parcel.state === 'waiting').map((parcel) => parcel.next_try_at)
  return times.length ? Math.min(...times) : null
}

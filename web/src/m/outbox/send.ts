/**
 * Sends what waits in the outbox.
 *
 * Nothing is sent twice: the server is idempotent on the id that the parcel was given, and only one tab sends at a time.
 */
import { device } from '../device/store'
import type { Parcel, Refusal } from './parcel'
import { parcels, write } from './shelf'

/** What one attempt came to. `later` means that the parcel itself is fine and the way there is not. */
export type Outcome =
  | { kind: 'sent'; record: number | string | null }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'later'; after_ms?: number }

/** Carries one parcel over; it may note on the parcel what is already there (the photo) through `remember`. */
export type Carry = (parcel: Parcel, remember: (parcel: Parcel) => Promise<void>) => Promise<Outcome>

const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 15 * 60_000

function wait(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS)
}

function settled(parcel: Parcel, outcome: Outcome, now: number): Parcel {
  if (outcome.kind === 'sent') {
    // The photo is on the server now; on the phone it would only take space.
    const photo = parcel.photo && { ...parcel.photo, bytes: null }
    return { ...parcel, photo, state: 'sent', record: outcome.record, sent_at: now, refusal: null }
  }
  if (outcome.kind === 'refused') return { ...parcel, state: 'refused', refusal: outcome.refusal }
  return { ...parcel, tries: parcel.tries + 1, next_try_at: now + (outcome.after_ms ?? wait(parcel.tries)) }
}

async function sendAll(carry: Carry, onlyDue: boolean, clock: () => number): Promise<void> {
  const waiting = (await parcels()).filter((parcel) => parcel.state === 'waiting').reverse()
  for (const parcel of waiting) {
    if (onlyDue && parcel.next_try_at > clock()) continue
    const latest = (await (await device()).get('outbox', parcel.client_id)) ?? null
    if (latest?.state !== 'waiting') continue
    let present = latest
    const outcome = await carry(latest, async (noted) => {
      present = noted
      await write(noted)
    })
    if (await (await device()).get('outbox', parcel.client_id)) await write(settled(present, outcome, clock()))
    if (outcome.kind === 'later') return
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

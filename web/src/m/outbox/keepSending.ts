/** What keeps the outbox moving: the page's start, the network's return, a timer, and a person's own tap. */
import { onReturn } from '../device/reach'
import { carry } from './carry'
import { forgetSent } from './outbox'
import { flush, nextTry } from './send'
import { onOutbox } from './shelf'
import { askForSync } from './syncing'

/** Sends at once what waits, whatever pause it is in. */
export const sendNow = (): void => void flush(carry).then(sendDue, () => undefined)

/** What was sent shows for a day where it was written; statements stay, since nothing else on the phone tells of them. */
const SHOWN_MS = 24 * 3_600_000

let timer: ReturnType<typeof setTimeout> | undefined

async function schedule(): Promise<void> {
  clearTimeout(timer)
  const at = await nextTry()
  if (at !== null) timer = setTimeout(() => void sendDue(), Math.max(1_000, at - Date.now()))
}

async function sendDue(): Promise<void> {
  await flush(carry, { onlyDue: true })
  await schedule()
  // What is left now waits for a network, and perhaps for longer than this page is open.
  if ((await nextTry()) !== null) await askForSync()
}

/** Call once at start. Never throws: a phone without IndexedDB has no outbox to move. */
export function keepSending(): void {
  const quietly = () => undefined
  void sendDue().catch(quietly)
  void forgetSent(({ kind, sent_at }) => kind !== 'statement' && (sent_at ?? 0) < Date.now() - SHOWN_MS).catch(quietly)
  onReturn(() => void flush(carry).then(schedule).catch(quietly))
  onOutbox(() => void schedule().catch(quietly))
}

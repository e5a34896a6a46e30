/** The outbox as a page sees it, and what keeps it moving: the page's start, the network's return, and a timer. */
import { useCallback, useEffect, useState } from 'react'
import { onReturn } from '../device/reach'
import { carry } from './carry'
import { flush, nextTry, onOutbox, parcels } from './outbox'
import type { Parcel } from './parcel'

export function useParcels(): Parcel[] {
  const [all, setAll] = useState<Parcel[]>([])
  useEffect(() => {
    const read = () => void parcels().then(setAll, () => setAll([]))
    read()
    return onOutbox(read)
  }, [])
  return all
}

/** Sends at once what waits, whatever pause it is in. */
export function useSendNow(): () => void {
  return useCallback(() => void flush(carry), [])
}

let timer: ReturnType<typeof setTimeout> | undefined

async function schedule(): Promise<void> {
  clearTimeout(timer)
  const at = await nextTry()
  if (at !== null) timer = setTimeout(() => void sendDue(), Math.max(1_000, at - Date.now()))
}

async function sendDue(): Promise<void> {
  await flush(carry, { onlyDue: true })
  await schedule()
}

/** Call once at start. Never throws: a phone without IndexedDB has no outbox to move. */
export function keepSending(): void {
  const quietly = () => undefined
  void sendDue().catch(quietly)
  onReturn(() => void flush(carry).then(schedule).catch(quietly))
  onOutbox(() => void schedule().catch(quietly))
}

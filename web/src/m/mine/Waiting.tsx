/** What somebody said here and this phone has not sent yet. */
import { useEffect } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { sendNow } from '../outbox/keepSending'
import type { Parcel } from '../outbox/parcel'
import { useParcels } from '../outbox/useParcels'
import { ParcelCard } from './ParcelCard'

const words = texts({ queue: ['还在手机里', 'Still on this phone'] })

/** The parcels of one lane that are not sent; `again` is called when one of them has been. */
export function useWaiting(kind: Parcel['kind'], lane: string, again: () => void): Parcel[] {
  const own = useParcels().filter((parcel) => parcel.kind === kind && parcel.lane === lane)
  const open = own.filter(({ state }) => state !== 'sent')
  const sent = own.length - open.length
  useEffect(() => {
    if (sent) again()
  }, [sent, again])
  return open
}

export function Waiting({ parcels }: { parcels: readonly Parcel[] }) {
  const t = useTexts(words)
  if (!parcels.length) return null
  return (
    <section className="card" aria-labelledby="queue-title">
      <h2 id="queue-title">{t('queue')}</h2>
      <ul className="parcels">{parcels.map((parcel) => <ParcelCard key={parcel.client_id} parcel={parcel} onSend={sendNow} />)}</ul>
    </section>
  )
}

/** The outbox as a page sees it. */
import { useEffect, useState } from 'react'
import { onOutbox, parcels } from './outbox'
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

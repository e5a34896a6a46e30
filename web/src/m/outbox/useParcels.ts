/** The outbox as a page sees it. */
import { useEffect, useState } from 'react'
import type { Parcel } from './parcel'
import { onOutbox, parcels } from './shelf'

export function useParcels(): Parcel[] {
  const [all, setAll] = useState<Parcel[]>([])
  useEffect(() => {
    const read = () => void parcels().then(setAll, () => setAll([]))
    read()
    return onOutbox(read)
  }, [])
  return all
}

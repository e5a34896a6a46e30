/** The one database that the phone entry keeps on the device: what was last read, and what waits to be sent. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Parcel } from '../outbox/parcel'

/** The last good answer of one address. `saved_at` is the phone's clock; the figures' own as-of time is inside `body`. */
export interface Kept {
  url: string
  body: unknown
  saved_at: number
}

interface Device extends DBSchema {
  kept: { key: string; value: Kept }
  outbox: { key: string; value: Parcel }
}

let opened: Promise<IDBPDatabase<Device>> | undefined

export function device(): Promise<IDBPDatabase<Device>> {
  opened ??= openDB<Device>('hexi-m', 1, {
    upgrade(database) {
      database.createObjectStore('kept', { keyPath: 'url' })
      database.createObjectStore('outbox', { keyPath: 'client_id' })
    },
    terminated() {
      opened = undefined
    },
  }).catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

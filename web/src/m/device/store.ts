/** The one database that the phone entry keeps on the device: what was last read, what waits to be sent, and what is one's own. */
import type { MyCase } from '../cases/mine'
import type { Parcel } from '../outbox/parcel'

/** The last good answer of one address. `saved_at` is the phone's clock; the figures' own as-of time is inside `body`. */
export interface Kept {
  url: string
  body: unknown
  saved_at: number
}

/** A form that is not sent yet: it survives a reload and a dead battery. */
export interface Unfinished { key: string; body: unknown; saved_at: number }

interface Stores { kept: Kept; outbox: Parcel; cases: MyCase; drafts: Unfinished }
type Name = keyof Stores
const KEYS: Record<Name, string> = { kept: 'url', outbox: 'client_id', cases: 'number', drafts: 'key' }

/** Two questions and three changes are all that is asked of it. A change is done when it lies on the disk, not before. */
export interface Device {
  get<N extends Name>(store: N, key: string): Promise<Stores[N] | undefined>
  getAll<N extends Name>(store: N): Promise<Stores[N][]>
  put<N extends Name>(store: N, value: Stores[N]): Promise<void>
  delete(store: Name, key: string): Promise<void>
  clear(store: Name): Promise<void>
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error as Error)
  })
}

function written(transaction: IDBTransaction): Promise<void> {
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done()
    transaction.onabort = transaction.onerror = () => fail(transaction.error as Error)
  })
}

function deviceOn(database: IDBDatabase): Device {
  const reading = (store: Name) => database.transaction(store).objectStore(store)
  const changing = (store: Name, change: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = database.transaction(store, 'readwrite')
    change(transaction.objectStore(store))
    return written(transaction)
  }
  return {
    get: async (store, key) => answered(reading(store).get(key)),
    getAll: async (store) => answered(reading(store).getAll()),
    put: async (store, value) => changing(store, (one) => one.put(value)),
    delete: async (store, key) => changing(store, (one) => one.delete(key)),
    clear: async (store) => changing(store, (one) => one.clear()),
  }
}

let opened: Promise<Device> | undefined

async function opening(): Promise<Device> {
  const request = indexedDB.open('hexi-m', 2)
  request.onupgradeneeded = () => {
    const there = request.result.objectStoreNames
    for (const [store, keyPath] of Object.entries(KEYS)) if (!there.contains(store)) request.result.createObjectStore(store, { keyPath })
  }
  const database = await answered(request)
  database.onclose = () => { opened = undefined }
  // A newer version of the page opens the database anew: this one must not stand in its way.
  database.onversionchange = () => {
    database.close()
    opened = undefined
  }
  return deviceOn(database)
}

export function device(): Promise<Device> {
  opened ??= opening().catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

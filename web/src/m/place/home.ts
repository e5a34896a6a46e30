/** The place a person calls theirs: a community, a street, or the point where the phone was located. Kept on the device only. */
import { create } from 'zustand'
import type { Point } from './shapes'

export interface Home extends Point {
  /** Place code; empty when the phone was located outside every known area. */
  code: string
  name: string
  /** `located` = from the phone's positioning, `chosen` = picked from the list. */
  by: 'located' | 'chosen'
}

const KEY = 'hexi_m_home'

/** What this device has kept, or null when it is nothing that makes sense. */
export function parseHome(text: string | null): Home | null {
  try {
    const read = JSON.parse(text ?? 'null') as Partial<Home> | null
    if (!read || typeof read !== 'object') return null
    const { lon, lat, code, name, by } = read
    if (typeof lon !== 'number' || typeof lat !== 'number' || typeof code !== 'string' || typeof name !== 'string') return null
    return { lon, lat, code, name, by: by === 'located' ? 'located' : 'chosen' }
  } catch {
    return null
  }
}

function kept(): Home | null {
  try {
    return parseHome(localStorage.getItem(KEY))
  } catch {
    return null // Storage is switched off: the place lives until the page is closed.
  }
}

export const useHomeStore = create<{ home: Home | null }>(() => ({ home: kept() }))
export const useHome = (): Home | null => useHomeStore((state) => state.home)

export function setHome(home: Home | null): void {
  useHomeStore.setState({ home })
  try {
    if (home) localStorage.setItem(KEY, JSON.stringify(home))
    else localStorage.removeItem(KEY)
  } catch {
    // As above.
  }
}

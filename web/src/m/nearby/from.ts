/** From where the reader looks. Kept on the phone; sent, coarse, only once they have said so on this page. */
import { create } from 'zustand'
import { forgetMatching } from '../data/kept'
import { hereIn, LISTS } from '../data/nearby'
import type { Point } from '../place/shapes'

export interface From extends Point { name: string }

const KEY = 'hexi_m_from'

/** What this device has kept, or null when it is nothing that makes sense. */
export function parseFrom(text: string | null): From | null {
  try {
    const read = JSON.parse(text ?? 'null') as Partial<From> | null
    if (!read || typeof read.lon !== 'number' || typeof read.lat !== 'number' || typeof read.name !== 'string') return null
    return { lon: read.lon, lat: read.lat, name: read.name }
  } catch {
    return null
  }
}

function kept(): From | null {
  try {
    return parseFrom(localStorage.getItem(KEY))
  } catch {
    return null // Storage is switched off: the place lives until the page is closed.
  }
}

const useStore = create<{ from: From | null }>(() => ({ from: kept() }))
export const useFrom = (): From | null => useStore((state) => state.from)

/** Only the circle that was opened last stays on the phone: the others would tell where somebody went. */
export async function setFrom(from: From): Promise<void> {
  useStore.setState({ from })
  try {
    localStorage.setItem(KEY, JSON.stringify(from))
  } catch {
    // As above.
  }
  const here = `?${hereIn(from)}&`
  await forgetMatching((path) => path.startsWith(`${LISTS}/`) && !path.includes(here)).catch(() => undefined)
}

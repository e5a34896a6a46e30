/** Where the phone is, asked once and again on demand; the reason in words when it will not say. */
import { create } from 'zustand'
import { locate, type NotLocated } from '../place/locate'
import type { Point } from '../place/shapes'

export const useHere = create<{ here: Point | null; trouble: NotLocated | null; asking: boolean }>(() => ({ here: null, trouble: null, asking: false }))

export async function findHere(): Promise<Point | null> {
  useHere.setState({ asking: true })
  const found = await locate()
  const here = typeof found === 'string' ? null : found
  useHere.setState({ asking: false, trouble: typeof found === 'string' ? found : null, ...(here ? { here } : {}) })
  return here
}

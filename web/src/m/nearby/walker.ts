/** At whose pace: an elder's in the elder view, a grown-up's otherwise, until the reader says for whom they look. */
import { create } from 'zustand'

export const useWalker = create<{ walker: string | null }>(() => ({ walker: null }))
export const setWalker = (walker: string): void => useWalker.setState({ walker })

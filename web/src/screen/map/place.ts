/** The place on view: its way down from the district, and the places inside it. */
import { useData } from '../../shared/data'
import { useScope } from '../../shared/scope'
import type { Row } from '../../shared/spec'

export interface PlaceRow extends Row {
  code: string
  name: string | { zh: string; en: string }
  level: string
}

/** From the district down to the place on view; nothing as long as it is not known. */
export function useKnownPath(): PlaceRow[] | undefined {
  const { place } = useScope()
  return useData<PlaceRow>({ source: 'space.scope', params: { place: place ?? null }, refresh: 'none' }).envelope?.rows
}

export const usePath = (): PlaceRow[] => useKnownPath() ?? []

export function useChildren(parent: string | undefined): PlaceRow[] {
  return useData<PlaceRow>(parent ? { source: 'space.places', params: { parent }, refresh: 'none' } : null).envelope?.rows ?? []
}

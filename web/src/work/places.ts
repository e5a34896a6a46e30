/** The tree of places, read one level at a time. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../shared/api'
import { useLang } from '../shared/i18n'
import type { Envelope, Text } from '../shared/spec'

export type PlaceRow = { code: string; name: Text; level: string; parent?: string | null; children?: number | boolean | null }

/** Widths of the nested codes: district, street, community, grid, compound, building, doorway. */
const WIDTHS = [6, 9, 12, 14, 17, 20, 22]

/** The codes from the district down to this place. */
export const ancestors = (code: string): string[] => WIDTHS.filter((width) => width <= code.length).map((width) => code.slice(0, width))

export const parentOf = (code: string): string => ancestors(code).at(-2) ?? ''

function usePlaces(key: string, params: Record<string, string>, enabled: boolean) {
  const lang = useLang()
  return useQuery({
    queryKey: ['places', key, params, lang],
    queryFn: ({ signal }) => api.get<Envelope<PlaceRow & Record<string, unknown>>>(`/api/data/space.${key}`, params, signal),
    select: (envelope) => envelope.rows as PlaceRow[],
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    enabled,
  })
}

export const usePlacesIn = (parent: string) => usePlaces('places', parent ? { parent } : {}, true)
export const usePlacesNamed = (q: string) => usePlaces('places', { q }, q.length > 0)

/** The way from the district down to a place, with names. */
export const usePathTo = (code: string) => usePlaces('scope', { place: code }, code !== '')

/** Place codes: digits, nested by prefix. District 6, street 9, community 12. */

export const isWithin = (code: string, place: string | undefined): boolean => !place || code.startsWith(place)

/**
 * Which place a click means, given all areas under the pointer and the place on view:
 * the coarsest one that is neither on view nor above it. Nothing when the click changes nothing.
 */
export function nextPlace(current: string | undefined, under: readonly string[]): string | undefined {
  const coarseFirst = [...under].sort((a, b) => a.length - b.length)
  return coarseFirst.find((code) => !current?.startsWith(code))
}

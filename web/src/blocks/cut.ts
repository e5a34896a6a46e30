/** Where a list is cut, so that no row is shown by half: a row cut through looks like a fault on a wall. */

/** The lower edges of the rows of a list, in pixels from its top, ascending. */
export type Ends = (list: HTMLElement) => number[]

/** The height that holds the most whole rows and leaves the foot its place; null when all rows fit into the room. */
export function cutAt(ends: readonly number[], room: number, foot: number): number | null {
  const last = ends.at(-1) ?? 0
  if (room <= 0 || last <= room + 1) return null
  return ends.filter((end) => end <= room - foot + 1).at(-1) ?? Math.max(0, room - foot)
}

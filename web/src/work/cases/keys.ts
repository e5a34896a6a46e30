/** Moving over the board by arrows: columns side by side, cases under each other; empty columns are passed over. */

export type Spot = readonly [column: number, row: number]
const ARROWS: Record<string, Spot> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** Where an arrow leads from a spot, given how many cases each column has; null where it leads nowhere. */
export function moved(sizes: readonly number[], [column, row]: Spot, key: string): Spot | null {
  const way = ARROWS[key]
  if (!way) return null
  const [across, down] = way
  if (down) {
    const next = row + down
    return next >= 0 && next < (sizes[column] ?? 0) ? [column, next] : null
  }
  for (let at = column + across; at >= 0 && at < sizes.length; at += across) {
    const size = sizes[at] ?? 0
    if (size > 0) return [at, Math.min(row, size - 1)]
  }
  return null
}

/** The first case on the board. */
export function firstSpot(sizes: readonly number[]): Spot | null {
  const column = sizes.findIndex((size) => size > 0)
  return column < 0 ? null : [column, 0]
}

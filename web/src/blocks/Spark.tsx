/** The last values of an indicator as one small line with its end marked. */
const WIDTH = 78
const HEIGHT = 28

/** Points of the line; gaps in the values are left out of it. */
export function sparkPoints(values: readonly (number | null)[]): [number, number][] {
  const known = values.flatMap((value, index) => (value === null ? [] : [[index, value] as const]))
  const low = Math.min(...known.map(([, value]) => value))
  const range = Math.max(...known.map(([, value]) => value)) - low || 1
  const step = (WIDTH - 6) / Math.max(1, values.length - 1)
  return known.map(([index, value]) => [3 + index * step, HEIGHT - 4 - ((value - low) / range) * (HEIGHT - 8)])
}

export function Spark({ values }: { values: readonly (number | null)[] }) {
  const points = sparkPoints(values)
  const end = points.at(-1)
  if (points.length < 2 || !end) return null
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.map((point) => point.map((n) => n.toFixed(1)).join(',')).join(' ')} />
      <circle cx={end[0]} cy={end[1]} r="2.6" />
    </svg>
  )
}

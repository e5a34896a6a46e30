/** The colours of the map, from the tokens of the theme. The only place where the map learns colours. */
import type { Status } from '../../shared/spec'
import { token } from '../../shared/theme'

export interface Palette {
  base: string
  land: string
  green: string
  water: string
  waterEdge: string
  road: string
  roadMajor: string
  roadCase: string
  building: string
  buildingHigh: string
  edge: string
  divide: string
  label: string
  halo: string
  pick: string
  accent: string
  scale: readonly string[]
  series: readonly string[]
  status: Readonly<Record<Status, string>>
  levels: readonly string[]
}

export function readPalette(): Palette {
  const of = (name: string) => token(`map-${name}`)
  return {
    base: of('base'),
    land: of('land'),
    green: of('green'),
    water: of('water'),
    waterEdge: of('water-edge'),
    road: of('road'),
    roadMajor: of('road-major'),
    roadCase: of('road-case'),
    building: of('building'),
    buildingHigh: of('building-high'),
    edge: of('edge'),
    divide: of('divide'),
    label: of('label'),
    halo: of('halo'),
    pick: of('pick'),
    accent: token('accent'),
    scale: [1, 2, 3, 4, 5].map((n) => token(`scale-${n}`)),
    series: [1, 2, 3, 4].map((n) => token(`series-${n}`)),
    status: {
      ok: token('ok'),
      watch: token('watch'),
      breach: token('breach'),
      stale: token('stale'),
      awaiting: token('awaiting'),
      absent: token('awaiting'),
      none: token('tx3'),
    },
    levels: [1, 2, 3, 4].map((n) => token(`level-${n}`)),
  }
}

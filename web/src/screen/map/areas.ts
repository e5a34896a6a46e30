/** The areas of the map: their outlines for the camera. */
import type { Feature, Position } from 'geojson'
import { useMemo } from 'react'
import type { Layer, MapSpec } from '../../shared/spec'
import { idOf, pointsOf } from './features'
import { useLayer, type View } from './layerData'
import { useKnownPath } from './place'

export interface Areas {
  whole: Position[]
  /** The place on view; where no layer has its outline, the smallest place around it that has one. */
  chosen: Position[]
}

/** Fine areas are taken whole too, once a place is chosen; the server sends those near the place. */
const EVERYWHERE: View = { box: [-180, -90, 180, 90], zoom: 15 }
const NOTHING: Layer = { id: '', kind: 'area', title: '', data: { source: '' } }

/** The outline of the last place of a path that has one. */
export function nearest(features: readonly Feature[], path: readonly string[]): Position[] {
  const code = path.findLast((one) => features.some((feature) => idOf(feature) === one))
  return code === undefined ? [] : pointsOf(features.filter((feature) => idOf(feature) === code))
}

export function useAreas(spec: MapSpec, place: string | undefined): Areas {
  const areas = spec.layers.filter((layer) => layer.kind === 'area')
  const fit = spec.camera?.fit
  const coarse = areas.find((layer) => layer.id === fit || layer.data.source === fit) ?? areas[0]
  const fine = areas.find((layer) => layer !== coarse)
  const first = useLayer(coarse ?? NOTHING, EVERYWHERE, Boolean(coarse)).data
  const second = useLayer(fine ?? NOTHING, EVERYWHERE, Boolean(fine && place)).data
  const path = useKnownPath()
  return useMemo(() => {
    const known = [...(first?.features ?? []), ...(second?.features ?? [])]
    const whole = pointsOf(first?.features ?? [])
    if (place === undefined || !path) return { whole, chosen: [] }
    const found = nearest(known, [...path.map((row) => row.code), place])
    return { whole, chosen: found.length ? found : whole }
  }, [first, second, path, place])
}

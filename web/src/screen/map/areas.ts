/** The areas of the map: their outlines for the camera. */
import type { Position } from 'geojson'
import { useMemo } from 'react'
import type { Layer, MapSpec } from '../../shared/spec'
import { idOf, pointsOf } from './features'
import { useLayer, type View } from './layerData'

export interface Areas {
  whole: Position[]
  chosen: Position[]
}

/** Fine areas are taken whole too, once a place is chosen; the server sends those near the place. */
const EVERYWHERE: View = { box: [-180, -90, 180, 90], zoom: 15 }
const NOTHING: Layer = { id: '', kind: 'area', title: '', data: { source: '' } }

export function useAreas(spec: MapSpec, place: string | undefined): Areas {
  const areas = spec.layers.filter((layer) => layer.kind === 'area')
  const fit = spec.camera?.fit
  const coarse = areas.find((layer) => layer.id === fit || layer.data.source === fit) ?? areas[0]
  const fine = areas.find((layer) => layer !== coarse)
  const first = useLayer(coarse ?? NOTHING, EVERYWHERE, Boolean(coarse)).data
  const second = useLayer(fine ?? NOTHING, EVERYWHERE, Boolean(fine && place)).data
  return useMemo(() => {
    const chosen = [...(first?.features ?? []), ...(second?.features ?? [])].filter(
      (feature) => place !== undefined && idOf(feature) === place,
    )
    return { whole: pointsOf(first?.features ?? []), chosen: pointsOf(chosen) }
  }, [first, second, place])
}

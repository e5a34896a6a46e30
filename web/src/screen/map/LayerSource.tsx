/** Carries the answer of one layer into the map; draws nothing itself. */
import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as GLMap } from 'maplibre-gl'
import { useEffect, useMemo } from 'react'
import { useLang } from '../../shared/i18n'
import type { Layer } from '../../shared/spec'
import { mapIsDrawing } from '../ready'
import { labelled, labelPoints, outlineOf } from './features'
import { useLayer, type View } from './layerData'

interface Props {
  map: GLMap
  layer: Layer
  view: View | null
  on: boolean
}

function put(map: GLMap, source: string, data: FeatureCollection): void {
  mapIsDrawing(true)
  void map.getSource<GeoJSONSource>(source)?.setData(data)
}

export function LayerSource({ map, layer, view, on }: Props) {
  const lang = useLang()
  // What the tiles show has no source of its own.
  const { data } = useLayer(layer, view, Boolean(map.getSource(layer.id)) && (on || layer.kind === 'area'))
  const ready = useMemo(() => data && labelled(data, layer, lang), [data, layer, lang])
  useEffect(() => {
    if (!ready) return
    put(map, layer.id, ready)
    if (layer.kind !== 'area') return
    put(map, `${layer.id}/labels`, labelPoints(ready))
    put(map, `${layer.id}/outline`, outlineOf(ready))
  }, [map, layer, ready])
  useEffect(() => {
    for (const id of map.getLayersOrder().filter((one) => one.startsWith(`${layer.id}:`))) {
      const kept = /:(land|hit|outline|picked)$/.test(id)
      map.setLayoutProperty(id, 'visibility', on || kept ? 'visible' : 'none')
    }
  }, [map, layer, on])
  return null
}

/** A figure by place laid over the areas as depth of one colour; draws nothing itself. */
import type { Feature, FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as GLMap } from 'maplibre-gl'
import { useEffect, useMemo } from 'react'
import { amount } from '../../blocks/rows'
import { useData } from '../../shared/data'
import type { Layer, Row } from '../../shared/spec'
import { mapIsDrawing } from '../ready'
import { idOf } from './features'

/** Each area that has a row, with its `level` from 0 (least) to 1 (most). */
export function valued(areas: readonly Feature[], rows: readonly Row[], key: string): FeatureCollection {
  const values = new Map(rows.flatMap((row) => { const value = amount(row, key); return value === null ? [] : [[String(row['code']), value] as const] }))
  const [low, high] = [Math.min(...values.values()), Math.max(...values.values())]
  const features = areas.flatMap((area): Feature[] => {
    const value = values.get(idOf(area))
    if (value === undefined) return []
    return [{ ...area, properties: { fid: idOf(area), value, level: high > low ? (value - low) / (high - low) : 0.5 } }]
  })
  return { type: 'FeatureCollection', features }
}

interface Props { map: GLMap; layer: Layer; areas: readonly Feature[]; on: boolean }

export function ValueFill({ map, layer, areas, on }: Props) {
  const { envelope } = useData(on ? layer.data : null)
  const shown = useMemo(() => valued(areas, envelope?.rows ?? [], layer.encode?.value ?? 'value'), [areas, envelope, layer])
  useEffect(() => {
    mapIsDrawing(true)
    void map.getSource<GeoJSONSource>(layer.id)?.setData(shown)
  }, [map, layer, shown])
  useEffect(() => { map.setLayoutProperty(`${layer.id}:fill`, 'visibility', on ? 'visible' : 'none') }, [map, layer, on])
  return null
}

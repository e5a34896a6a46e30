/** Streets and communities of the district, as the picker lists them. */
import type { Text } from '../../shared/spec'
import type { LayerAnswer } from '../data/projects'
import { contains, middle, type Point } from './shapes'

export interface AreaProperties { code: string; name: Text }
export interface Area { code: string; name: Text; at: Point | null }
export type AreaLayer = LayerAnswer<AreaProperties>

const byCode = (a: Area, b: Area): number => (a.code < b.code ? -1 : 1)

export function areasOf(layer: AreaLayer | undefined, within = ''): Area[] {
  const areas = (layer?.features ?? []).map(({ geometry, properties: { code, name } }) => ({ code, name, at: middle(geometry) }))
  return areas.filter((area) => area.code.startsWith(within)).sort(byCode)
}

/** The area that holds the point, if any. */
export function areaAt(layer: AreaLayer | undefined, point: Point): Area | null {
  const found = layer?.features.find((feature) => contains(feature.geometry, point))
  return found ? { code: found.properties.code, name: found.properties.name, at: middle(found.geometry) } : null
}

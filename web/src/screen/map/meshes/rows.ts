/** The sets of meshes that this reader may see, and what of the map says which houses they show. Small: it comes with every map. */
import type { ExpressionSpecification, Map as GLMap, MapMouseEvent, Point } from 'maplibre-gl'
import { useData } from '../../../shared/data'
import type { Data, Row } from '../../../shared/spec'
import { BASE } from '../base'
import { holding } from './within'

export interface MeshRow extends Row {
  name: string
  mark: string
  box: [west: number, south: number, east: number, north: number]
  east_m: number
  north_m: number
  ground_m: number
  origin: string
}

/** The layer's id. */
export const MESHES = 'meshes'
/** Farther off blocks say as much and are lighter. */
export const SHOWN_FROM = 14
const SOURCE: Data = { source: 'data.meshes', refresh: 'live', topics: ['data.mesh'] }

export const useMeshRows = (): MeshRow[] => useData<MeshRow>(SOURCE, {}).envelope?.rows ?? []

/** Blocks of houses that no drawn mesh shows; from afar all of them. */
export const blocksBeside = (marks: readonly string[]): ExpressionSpecification =>
  ['any', ['<', ['zoom'], SHOWN_FROM], ['!', ['in', ['coalesce', ['get', 'mesh'], ''], ['literal', [...marks]]]]] as never

/** Names, points and what is picked lie over the houses: the lowest of these. */
export const aboveHouses = (map: GLMap): string | undefined => map.getLayersOrder().find((id) => /:(picked|heat|point|label)$/.test(id))

type At = (x: number, y: number) => [lon: number, lat: number] | undefined
const drawing = new WeakMap<GLMap, At>()

/** From now on this finds what is hit on the map; nothing does any more without one. */
export const meshesOf = (map: GLMap, at: At | undefined): unknown => (at ? drawing.set(map, at) : drawing.delete(map))

/** Where on the ground a press is meant: below the mesh that it hits, else where the map is. */
export function meantAt(map: GLMap, { point, lngLat }: MapMouseEvent): [lon: number, lat: number] {
  return drawing.get(map)?.(point.x, point.y) ?? [lngLat.lng, lngLat.lat]
}

/** The code of the house on which the mesh stands that is under the pointer. */
export function meshedHouseAt(map: GLMap, point: Point): string | undefined {
  const spot = drawing.get(map)?.(point.x, point.y)
  if (!spot) return undefined
  const near = map.querySourceFeatures(BASE, { sourceLayer: 'buildings', filter: ['has', 'code'] })
  const code: unknown = holding(near, spot)?.properties?.['code']
  return typeof code === 'string' ? code : undefined
}

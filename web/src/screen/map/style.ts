/** From the layers of the page spec and the palette to the style of the map: what lies on what. Pure. */
import type { StyleSpecification } from 'maplibre-gl'
import type { Layer } from '../../shared/spec'
import { PAINTERS, type Drawn } from './painters'
import type { Palette } from './palette'

const EMPTY = { type: 'FeatureCollection' as const, features: [] }
/** Larger numbers lie on top. */
const DEPTHS: readonly (readonly [RegExp, number])[] = [
  [/:land$/, 0],
  [/:fill$/, 1],
  [/:ground$/, 2],
  [/:case$/, 3],
  [/:road$/, 4],
  [/:hit$/, 5],
  [/:line$/, 6],
  [/:outline$/, 7],
  [/:extrude$/, 8],
  [/:picked$/, 9],
  [/:heat$/, 9],
  [/:point$/, 10],
  [/:label$/, 11],
]
const depthOf = (id: string): number => DEPTHS.find(([end]) => end.test(id))?.[1] ?? 6

export const isDrawable = (layer: Layer): boolean => layer.kind in PAINTERS

/** All map layers of the page, from the ground up. */
export function drawnLayers(layers: readonly Layer[], palette: Palette, scale: number): Drawn[] {
  const drawn = layers.flatMap((layer) =>
    (PAINTERS[layer.kind]?.(layer, palette, scale) ?? []).map((one): Drawn => ({
      ...one,
      ...(typeof layer.minzoom === 'number' ? { minzoom: Math.max(0, layer.minzoom + Math.log2(scale)) } : {}),
    })),
  )
  return drawn.sort((a, b) => depthOf(a.id) - depthOf(b.id))
}

const source = (promoteId?: string) => ({ type: 'geojson' as const, data: EMPTY, ...(promoteId ? { promoteId } : {}) })

/** The whole style. No glyphs and no sprites: text is drawn from local fonts, symbols from a canvas. */
export function mapStyle(layers: readonly Layer[], palette: Palette, scale: number): StyleSpecification {
  const sources: StyleSpecification['sources'] = {}
  for (const layer of layers) {
    sources[layer.id] = source('fid')
    if (layer.kind === 'area') {
      sources[`${layer.id}/labels`] = source()
      sources[`${layer.id}/outline`] = source()
    }
  }
  return {
    version: 8,
    sources,
    light: { anchor: 'viewport', color: '#ffffff', intensity: 0.32, position: [1.3, 210, 35] },
    layers: [{ id: 'base', type: 'background', paint: { 'background-color': palette.base } }, ...drawnLayers(layers, palette, scale)],
  }
}

/** From the layers of the page spec and the palette to the style of the map: what lies on what. Pure. */
import type { StyleSpecification } from 'maplibre-gl'
import type { Lang, Layer } from '../../shared/spec'
import { BASE, baseLayers, baseSource, tiled, type BaseMap } from './base'
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

/** How the map is drawn beside its layers: colours, size, language, and the tiles that lie under all. */
export interface Look {
  palette: Palette
  scale: number
  base: BaseMap | null
  lang: Lang
}

const NO_RAIL = ['!=', ['get', 'class'], 'rail']

/** The same paint over the features of the tiles, where they have this layer. */
function onTiles(one: Drawn, layer: Layer, base: BaseMap | null): Drawn {
  const found = tiled(layer, base)
  if (!found) return one
  return { ...one, source: BASE, 'source-layer': found, ...(found === 'roads' ? { filter: NO_RAIL } : {}) } as Drawn
}

/** All map layers of the page, from the ground up. */
export function drawnLayers(layers: readonly Layer[], { palette, scale, base, lang }: Look): Drawn[] {
  const drawn = layers.flatMap((layer) =>
    (PAINTERS[layer.kind]?.(layer, palette, scale) ?? []).map((one): Drawn => ({
      ...onTiles(one, layer, base),
      ...(typeof layer.minzoom === 'number' ? { minzoom: Math.max(0, layer.minzoom + Math.log2(scale)) } : {}),
    })),
  )
  return [...drawn, ...(base ? baseLayers(palette, scale, lang, layers) : [])].sort((a, b) => depthOf(a.id) - depthOf(b.id))
}

const source = (promoteId?: string) => ({ type: 'geojson' as const, data: EMPTY, ...(promoteId ? { promoteId } : {}) })

/** The whole style. No glyphs and no sprites: text is drawn from local fonts, symbols from a canvas. */
export function mapStyle(layers: readonly Layer[], look: Look): StyleSpecification {
  const sources: StyleSpecification['sources'] = look.base ? { [BASE]: baseSource(look.base) } : {}
  for (const layer of layers) {
    if (tiled(layer, look.base)) continue
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
    layers: [{ id: 'base', type: 'background', paint: { 'background-color': look.palette.base } }, ...drawnLayers(layers, look)],
  }
}

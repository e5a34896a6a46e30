/** The base map from vector tiles: where it is, and what of it no layer of a page draws. Pure but for the question where it is. */
import type { ExpressionSpecification, LayerSpecification, VectorSourceSpecification } from 'maplibre-gl'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import type { Lang, Layer, Text } from '../../shared/spec'
import type { Palette } from './palette'

export interface BaseMap {
  tiles: string
  minzoom: number
  maxzoom: number
  box: [number, number, number, number]
  origin: Text
}

export const BASE = 'base'
/** Layers of a page that the tiles have: they bring no data of their own then. */
const TILED: Readonly<Record<string, string>> = {
  'space.green': 'green',
  'space.water': 'water',
  'space.roads': 'roads',
  'space.buildings': 'buildings',
}

/** The layer of the tiles that shows this layer of a page; undefined where none does. */
export const tiled = (layer: Layer, base: BaseMap | null): string | undefined => (base ? TILED[layer.data.source] : undefined)

/** The base map; null where none was imported, undefined until that is known. Without an answer the layers bring their own ground. */
export function useBaseMap(): BaseMap | null | undefined {
  const { data, isError } = useQuery({
    queryKey: ['map'],
    queryFn: ({ signal }) => api.get<{ base: BaseMap | null }>('/api/map', {}, signal),
    staleTime: Infinity,
    retry: false,
  })
  return isError ? null : data?.base
}

export const baseSource = (base: BaseMap): VectorSourceSpecification => ({
  type: 'vector',
  tiles: [`${location.origin}${base.tiles}`],
  minzoom: base.minzoom,
  maxzoom: base.maxzoom,
  bounds: base.box,
})

/** The name in the reader's language, where there is one. */
export const nameIn = (lang: Lang): ExpressionSpecification =>
  lang === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name']] : ['get', 'name']

/** Streams, rails, names of roads, compounds and outlets; flat buildings where the page has none. Their ids end in what they lie among. */
export function baseLayers(palette: Palette, scale: number, lang: Lang, pages: readonly Layer[]): LayerSpecification[] {
  const ink = { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 * scale }
  const text = (size: number) => ({ 'text-field': nameIn(lang), 'text-font': ['Noto Sans CJK SC'], 'text-size': size * scale })
  const flat: LayerSpecification[] = pages.some((layer) => layer.data.source === 'space.buildings')
    ? []
    : [of('buildings', 'case', { type: 'fill', minzoom: 14, paint: { 'fill-color': palette.building, 'fill-opacity': 0.7 } })]
  return [
    ...flat,
    of('streams', 'ground', { type: 'line', paint: { 'line-color': palette.water, 'line-width': 2 * scale } }),
    of('roads', 'road', {
      type: 'line',
      filter: ['==', ['get', 'class'], 'rail'],
      paint: { 'line-color': palette.divide, 'line-width': 1.2 * scale, 'line-dasharray': [4, 3], 'line-opacity': 0.8 },
    }),
    of('roads', 'label', {
      type: 'symbol',
      minzoom: 14,
      filter: ['all', ['has', 'name'], ['!=', ['get', 'class'], 'rail']],
      layout: { ...text(11), 'symbol-placement': 'line', 'symbol-spacing': 320 },
      paint: ink,
    }),
    of('places', 'label', {
      type: 'symbol',
      minzoom: 15.5,
      filter: ['==', ['get', 'level'], 'compound'],
      layout: { ...text(11), 'text-padding': 6 },
      paint: ink,
    }),
    of('spots', 'point', {
      type: 'circle',
      minzoom: 16,
      paint: { 'circle-radius': 2.6 * scale, 'circle-color': palette.label, 'circle-opacity': 0.7 },
    }),
    of('spots', 'name:label', {
      type: 'symbol',
      minzoom: 17,
      layout: { ...text(10), 'text-offset': [0, 0.8], 'text-anchor': 'top' },
      paint: ink,
    }),
  ]
}

type Rest = Record<string, unknown> & { type: string }
const of = (layer: string, end: string, rest: Rest): LayerSpecification =>
  ({ id: `${BASE}/${layer}:${end}`, source: BASE, 'source-layer': layer, ...rest }) as unknown as LayerSpecification

/** How each kind of layer is painted: meaning comes from the spec, colour from the tokens. Pure. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Layer } from '../../shared/spec'
import type { Palette } from './palette'

export type Drawn = LayerSpecification
export type Painter = (layer: Layer, palette: Palette, scale: number) => Drawn[]

const state = (name: string, yes: number, no: ExpressionSpecification | number): ExpressionSpecification => [
  'case',
  ['boolean', ['feature-state', name], false],
  yes,
  no,
]

const byZoom = (low: ExpressionSpecification | number, high: ExpressionSpecification | number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  12,
  low,
  16,
  high,
]

const statusColour = (palette: Palette): ExpressionSpecification => [
  'match',
  ['get', 'mark'],
  'watch',
  palette.status.watch,
  'breach',
  palette.status.breach,
  'stale',
  palette.status.stale,
  'awaiting',
  palette.status.awaiting,
  'none',
  palette.status.none,
  palette.status.ok,
]

const fine = (layer: Layer): boolean => layer.data.source.endsWith('communities')

const area: Painter = (layer, palette, scale) => {
  const status = layer.encode?.status
  return [
    ...(fine(layer) ? [] : [{ id: `${layer.id}:land`, type: 'fill' as const, source: layer.id, paint: { 'fill-color': palette.land } }]),
    {
      id: `${layer.id}:hit`,
      type: 'fill',
      source: layer.id,
      paint: {
        'fill-color': status ? statusColour(palette) : palette.accent,
        'fill-opacity': state('picked', 0.18, state('hover', 0.12, status ? 0.1 : 0)),
      },
    },
    {
      id: `${layer.id}:line`,
      type: 'line',
      source: layer.id,
      paint: {
        'line-color': palette.divide,
        'line-opacity': fine(layer) ? 0.4 : 0.6,
        'line-width': (fine(layer) ? 0.8 : 1.2) * scale,
        'line-dasharray': [3, 2],
      },
    },
    ...(fine(layer)
      ? []
      : [
          {
            id: `${layer.id}:outline`,
            type: 'line' as const,
            source: `${layer.id}/outline`,
            layout: { 'line-cap': 'round' as const, 'line-join': 'round' as const },
            paint: { 'line-color': palette.edge, 'line-width': 2 * scale, 'line-opacity': 0.85 },
          },
        ]),
    {
      id: `${layer.id}:picked`,
      type: 'line',
      source: layer.id,
      paint: { 'line-color': palette.pick, 'line-width': state('picked', 2.6 * scale, 0) },
    },
    {
      id: `${layer.id}:label`,
      type: 'symbol',
      source: `${layer.id}/labels`,
      layout: label((fine(layer) ? 13 : 15) * scale),
      paint: ink(palette, scale),
    },
  ]
}

const label = (size: number) => ({
  'text-field': ['get', 'label'] as ExpressionSpecification,
  'text-font': ['Noto Sans CJK SC'],
  'text-size': size,
  'text-letter-spacing': 0.06,
  'text-padding': 4,
  'text-max-width': 12,
})
const ink = (palette: Palette, scale: number) => ({
  'text-color': palette.label,
  'text-halo-color': palette.halo,
  'text-halo-width': 1.8 * scale,
  'text-halo-blur': 0.4,
})

const fill: Painter = (layer, palette) => {
  const { value, status } = layer.encode ?? {}
  if (layer.data.source.endsWith('water')) return ground(layer, palette.water, palette.waterEdge)
  if (layer.data.source.endsWith('green')) return ground(layer, palette.green)
  const colour: ExpressionSpecification | string = status
    ? statusColour(palette)
    : value
      ? ([
          'interpolate',
          ['linear'],
          ['coalesce', ['get', 'level'], 0],
          ...palette.scale.flatMap((one, index) => [index / 4, one]),
        ] as unknown as ExpressionSpecification)
      : (palette.scale[1] as string)
  return [
    {
      id: `${layer.id}:fill`,
      type: 'fill',
      source: layer.id,
      paint: { 'fill-color': colour, 'fill-opacity': value ? ['case', ['<', ['coalesce', ['get', 'level'], -1], 0], 0, 0.85] : 0.9 },
    },
  ]
}

const ground = (layer: Layer, colour: string, edge?: string): Drawn[] => [
  {
    id: `${layer.id}:ground`,
    type: 'fill',
    source: layer.id,
    paint: { 'fill-color': colour, ...(edge ? { 'fill-outline-color': edge } : {}) },
  },
]

/** Roads by rank: 3 arterial, 2 main, 1 side, 0 and below lanes and paths. */
const RANK: ExpressionSpecification = ['coalesce', ['to-number', ['get', 'rank'], 0], 0]
const byRank = (main: number, second: number, third: number, small: number): ExpressionSpecification => [
  'case',
  ['>=', RANK, 3],
  main,
  ['>=', RANK, 2],
  second,
  ['>=', RANK, 1],
  third,
  small,
]

const line: Painter = (layer, palette, scale) => {
  const round = { 'line-cap': 'round' as const, 'line-join': 'round' as const }
  if (!layer.data.source.endsWith('roads')) {
    const colour = layer.encode?.status ? statusColour(palette) : palette.accent
    return [
      { id: `${layer.id}:line`, type: 'line', source: layer.id, layout: round, paint: { 'line-color': colour, 'line-width': 2 * scale } },
    ]
  }
  return [
    {
      id: `${layer.id}:case`,
      type: 'line',
      source: layer.id,
      layout: round,
      paint: { 'line-color': palette.roadCase, 'line-width': byZoom(byRank(4.4, 3, 1.8, 0.8), byRank(24, 17, 11, 6)) },
    },
    {
      id: `${layer.id}:road`,
      type: 'line',
      source: layer.id,
      layout: round,
      paint: {
        'line-color': ['case', ['>=', RANK, 2], palette.roadMajor, palette.road],
        'line-width': byZoom(byRank(2.6, 1.6, 0.9, 0.4), byRank(18, 12, 7, 3.6)),
      },
    },
  ]
}

const extrude: Painter = (layer, palette) => {
  const height: ExpressionSpecification = ['coalesce', ['to-number', ['get', layer.encode?.height ?? 'height'], 0], 0]
  return [
    {
      id: `${layer.id}:extrude`,
      type: 'fill-extrusion',
      source: layer.id,
      paint: {
        'fill-extrusion-color': ['interpolate', ['linear'], height, 0, palette.building, 120, palette.buildingHigh],
        'fill-extrusion-height': height,
        'fill-extrusion-opacity': 0.92,
        'fill-extrusion-vertical-gradient': true,
      },
    },
  ]
}

const point: Painter = (layer, palette, scale) => {
  const status = layer.encode?.status
  if (!status && layer.encode?.level) return [symbol(layer, ['concat', 'level-', ['to-string', ['get', layer.encode.level]]], scale)]
  if (status) return [symbol(layer, ['concat', 'status-', ['get', 'mark']], scale)]
  return [
    {
      id: `${layer.id}:point`,
      type: 'circle',
      source: layer.id,
      paint: {
        'circle-radius': 4 * scale,
        'circle-color': palette.series[0] as string,
        'circle-stroke-color': palette.halo,
        'circle-stroke-width': 1.4 * scale,
      },
    },
  ]
}

const symbol = (layer: Layer, image: ExpressionSpecification, scale: number): Drawn => ({
  id: `${layer.id}:point`,
  type: 'symbol',
  source: layer.id,
  layout: {
    'icon-image': image,
    'icon-size': (layer.kind === 'alarm' ? 1.5 : 1) * scale,
    'icon-allow-overlap': true,
    'symbol-sort-key': ['match', ['get', 'mark'], 'breach', 3, 'watch', 2, 1],
  },
})

const heat: Painter = (layer, palette) => [
  {
    id: `${layer.id}:heat`,
    type: 'heatmap',
    source: layer.id,
    paint: {
      'heatmap-weight': ['coalesce', ['to-number', ['get', layer.encode?.value ?? 'weight'], 1], 1],
      'heatmap-opacity': 0.7,
      'heatmap-color': [
        'interpolate',
        ['linear'],
        ['heatmap-density'],
        0,
        'rgba(0,0,0,0)',
        0.3,
        palette.scale[2] as string,
        0.7,
        palette.scale[3] as string,
        1,
        palette.scale[4] as string,
      ],
    },
  },
]

/** The kinds of layers that can be drawn now; the others of the spec are named as such on the page. */
export const PAINTERS: Readonly<Record<string, Painter>> = {
  area,
  fill,
  line,
  extrude,
  point,
  cluster: point,
  'live-point': point,
  alarm: point,
  heat,
}

/** What a layer shows: its GeoJSON for the scope of the page, and for large layers only for the part on view. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import { intervalOf } from '../../shared/data'
import { resolvedAll } from '../../shared/refs'
import { useScope } from '../../shared/scope'
import { useUser } from '../../shared/session'
import type { Layer } from '../../shared/spec'
import type { Box, LayerAnswer } from './features'

/** A figure laid over areas as depth of one colour: few shapes, asked for whole. */
export const isValued = (layer: Layer): boolean => layer.kind === 'fill' && Boolean(layer.encode?.value)

export interface View {
  box: Box
  zoom: number
}

/** Ground, buildings and everything that begins at some zoom are asked for by part and zoom; areas and points come whole. */
export const isLarge = (layer: Layer): boolean =>
  typeof layer.minzoom === 'number' || (['extrude', 'line', 'fill'].includes(layer.kind) && !isValued(layer))

const STEP = 0.02
const down = (value: number): number => Number((Math.floor(value / STEP) * STEP).toFixed(2))
const up = (value: number): number => Number((Math.ceil(value / STEP) * STEP).toFixed(2))

/** The view grown to a coarse net, so that small moves ask for nothing new. */
export function netted({ box: [west, south, east, north], zoom }: View): View {
  return { box: [down(west), down(south), up(east), up(north)], zoom: Math.floor(zoom) }
}

export function useLayer(layer: Layer, view: View | null, wanted: boolean) {
  const scope = useScope()
  const user = useUser()
  const large = isLarge(layer)
  const params = resolvedAll(layer.data.params, { scope, user })
  const part = large && view ? { zoom: view.zoom, box: view.box.join(',') } : {}
  const interval = intervalOf(layer.data.refresh)
  return useQuery({
    queryKey: ['layer', layer.data.source, params, part],
    queryFn: ({ signal }) => api.get<LayerAnswer>(`/api/layers/${layer.data.source}`, { ...params, ...part }, signal),
    meta: { topics: layer.data.topics ?? [] },
    enabled: wanted && (!large || (view !== null && view.zoom >= Math.floor(layer.minzoom ?? 0))),
    placeholderData: keepPreviousData,
    staleTime: interval ?? Infinity,
    refetchInterval: ({ state }) => (state.status === 'error' ? 10_000 : (interval ?? false)),
  })
}

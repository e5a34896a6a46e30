/** What the marks and colours on the map mean, and whose geometry it is. */
import { useQueryClient } from '@tanstack/react-query'
import { byFormat } from '../../shared/format'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Layer, Status, Text } from '../../shared/spec'
import { Mark, useStatusWord } from '../../shared/Status'
import { tiled, useBaseMap } from './base'
import { rangeOf } from './features'
import { isValued, useLayer } from './layerData'
import { useMeshRows } from './meshes/rows'

const words = texts({ legend: ['图例', 'Legend'], origin: ['数据', 'Data'] })
const SHOWN: readonly Status[] = ['ok', 'watch', 'breach', 'stale']

/** The least and the most of a figure that is laid over the areas. */
function Ramp({ layer }: { layer: Layer }) {
  const said = useSaid()
  const range = rangeOf(useLayer(layer, null, true).data?.features ?? [], layer.encode?.value ?? 'value')
  if (!range) return null
  return (
    <span className="map-legend-part">
      {said(layer.title)}
      <span className="num">
        {byFormat(range[0])}
        {said(layer.unit)}
      </span>
      <i className="ramp" />
      <span className="num">
        {byFormat(range[1])}
        {said(layer.unit)}
      </span>
    </span>
  )
}

/** What the marks mean on this layer; where it has no words of its own, what they mean everywhere. */
function Marks({ layer, status }: { layer: Layer; status: string }) {
  const said = useSaid()
  const statusWord = useStatusWord()
  const { data } = useLayer(layer, null, true)
  const own = data?.dict?.[status]
  if (data?.empty) return <small>{said(data.empty)}</small>
  const shown = own ? SHOWN.filter((one) => one in own) : SHOWN
  return shown.map((one) => (
    <span key={one}>
      <Mark status={one} />
      {said(own?.[one]) || statusWord(one)}
    </span>
  ))
}

function Entry({ layer }: { layer: Layer }) {
  const said = useSaid()
  const { status } = layer.encode ?? {}
  const isPoint = ['point', 'cluster', 'live-point', 'alarm'].includes(layer.kind)
  if (status && (isPoint || layer.kind === 'area' || layer.kind === 'line')) {
    return (
      <span className="map-legend-part">
        {said(layer.title)}
        <Marks layer={layer} status={status} />
      </span>
    )
  }
  if (isValued(layer)) return <Ramp layer={layer} />
  return isPoint ? (
    <span className="map-legend-part">
      <i className="dot" />
      {said(layer.title)}
    </span>
  ) : null
}

/** Where the geometry on view comes from, each origin once. */
function useOrigins(layers: readonly Layer[]): string[] {
  const said = useSaid()
  const cache = useQueryClient().getQueryCache()
  const base = useBaseMap() ?? null
  const origins = layers.map((layer) => {
    if (base && tiled(layer, base)) return said(base.origin)
    const found = cache.findAll({ queryKey: ['layer', layer.data.source] })[0]?.state.data as { origin?: Text } | undefined
    return said(found?.origin)
  })
  const meshes = useMeshRows().map((row) => row.origin)
  const shown = layers.some((layer) => layer.kind === 'extrude') ? meshes : []
  return [...new Set([...origins, ...shown].filter(Boolean))]
}

export function MapLegend({ layers }: { layers: readonly Layer[] }) {
  const t = useTexts(words)
  const origins = useOrigins(layers)
  return (
    <div className="map-legend" role="group" aria-label={t('legend')}>
      {layers.map((layer) => (
        <Entry key={layer.id} layer={layer} />
      ))}
      {origins.length > 0 && (
        <small>
          {t('origin')} {origins.join(' · ')}
        </small>
      )}
    </div>
  )
}

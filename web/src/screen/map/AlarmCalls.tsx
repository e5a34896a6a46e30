/** What calls for help stands on the map in words, with its clock; the oldest few, so that the map stays readable. */
import type { Feature, Point } from 'geojson'
import { Marker, type Map as GLMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { statusAt, word } from '../../blocks/rows'
import { Since } from '../../blocks/Since'
import { useLang } from '../../shared/i18n'
import type { Encode, Layer, Row } from '../../shared/spec'
import { StatusTag } from '../../shared/Status'
import { spread } from './callouts'
import { rowOf, type LayerAnswer } from './features'
import { useLayer } from './layerData'

const SHOWN = 3
const MOVED = ['moveend', 'resize'] as const

export function AlarmCalls({ map, layer }: { map: GLMap; layer: Layer }) {
  const { data } = useLayer(layer, null, true)
  const found = data?.features.filter((feature) => feature.geometry.type === 'Point').slice(0, SHOWN) ?? []
  const markers = useApart(map, JSON.stringify(found))
  return found.map((feature) => (
    <AtPoint key={feature.id} map={map} markers={markers} at={(feature.geometry as Point).coordinates as [number, number]}>
      <Callout feature={feature} encode={layer.encode ?? {}} answer={data as LayerAnswer} />
    </AtPoint>
  ))
}

/** The callouts that stand, the oldest first; they are put apart whenever the map has moved or other calls came. */
function useApart(map: GLMap, told: string): Set<Marker> {
  const [markers] = useState(() => new Set<Marker>())
  useEffect(() => {
    const look = () => spread(map, markers)
    look()
    for (const event of MOVED) map.on(event, look)
    return () => {
      for (const event of MOVED) map.off(event, look)
    }
  }, [map, markers, told])
  return markers
}

/** Follows its point through every move of the map. */
function AtPoint({ map, markers, at: [lon, lat], children }: { map: GLMap; markers: Set<Marker>; at: [number, number]; children: React.ReactNode }) {
  const [box] = useState(() => document.createElement('div'))
  useEffect(() => {
    const marker = new Marker({ element: box, anchor: 'bottom-left' }).setLngLat([lon, lat]).addTo(map)
    markers.add(marker)
    return () => {
      markers.delete(marker)
      marker.remove()
    }
  }, [map, markers, box, lon, lat])
  return createPortal(children, box)
}

function Callout({ feature, encode, answer }: { feature: Feature; encode: Encode; answer: LayerAnswer }) {
  const lang = useLang()
  const row: Row = rowOf(feature)
  const status = statusAt(row, encode.status)
  return (
    <div className="alarm-call" data-status={status}>
      <b>{word(answer, row, encode.title ?? 'title', lang)}</b>
      <span className="alarm-call-line">
        <StatusTag status={status}>{word(answer, row, encode.status, lang)}</StatusTag>
        <Since moment={row[encode.since ?? 'since']} />
      </span>
      {encode.meta?.map((key) => <span key={key}>{word(answer, row, key, lang)}</span>)}
    </div>
  )
}

/** Makes the map, follows theme and size, and takes it away again. */
import type { Position } from 'geojson'
import { Map as GLMap, prewarm, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useState, type RefObject } from 'react'
import { useLang, type Lang } from '../../shared/i18n'
import { remNow } from '../../shared/rem'
import type { MapSpec } from '../../shared/spec'
import { useTheme } from '../../shared/theme'
import { mapIsDrawing } from '../ready'
import { BASE, nameIn, useBaseMap, type BaseMap } from './base'
import { declared, firstLook, tiltOf } from './camera'
import { smooth } from './drawing'
import { addIcons } from './icons'
import { readPalette } from './palette'
import { drawnLayers, mapStyle, type Look } from './style'

// From version 6 on a bundler must be told where the worker is; without it the map stays blank and nothing says so.
setWorkerUrl(workerUrl)
// The workers are fetched while the page still asks what its map shows.
prewarm()

const FONTS = '"PingFang SC","HarmonyOS Sans SC","MiSans","Noto Sans CJK SC","Microsoft YaHei",sans-serif'

const lookOf = (base: BaseMap | null, lang: Lang): Look => ({ palette: readPalette(), scale: remNow(), base, lang })

interface Start {
  spec: MapSpec
  centre: [number, number]
  /** What shall be in view at once: a map that begins elsewhere asks for tiles that nobody sees. */
  points: readonly Position[]
}

function create(container: HTMLElement, { spec, centre, points }: Start, look: Look): GLMap {
  const first = declared(spec.camera) ?? firstLook(container, points, tiltOf(spec.camera))
  return new GLMap({
    container,
    style: mapStyle(spec.layers, look),
    ...(first ?? { center: centre, zoom: 12 + Math.log2(remNow()) }),
    ...tiltOf(spec.camera),
    attributionControl: false,
    canvasContextAttributes: { antialias: smooth() },
    maxPitch: 65,
    minZoom: 9,
    maxZoom: 19,
    fadeDuration: 0,
    dragRotate: true,
    localIdeographFontFamily: FONTS,
  })
}

/** The map once its style stands; null before. */
export function useGlMap(
  box: RefObject<HTMLDivElement | null>,
  spec: MapSpec,
  centre: [number, number],
  points: readonly Position[] = [],
): GLMap | null {
  const [map, setMap] = useState<GLMap | null>(null)
  const theme = useTheme()
  const lang = useLang()
  const base = useBaseMap()
  const known = base !== undefined

  useEffect(() => {
    mapIsDrawing(true)
    if (base === undefined) return undefined
    const made = create(box.current as HTMLDivElement, { spec, centre, points }, lookOf(base, lang))
    made.once('style.load', () => {
      addIcons(made, readPalette())
      setMap(made)
    })
    made.on('idle', () => {
      mapIsDrawing(false)
      made.getContainer().dataset['drawn'] = 'true'
    })
    return () => {
      setMap(null)
      mapIsDrawing(false)
      made.remove()
    }
    // The map is made once; centre, points and spec belong to the page, and another page makes another map.
  }, [known])

  useEffect(() => {
    if (map) repaint(map, spec, lookOf(base ?? null, lang))
  }, [map, spec, theme, base, lang])
  return map
}

/** New colours, and names in another language, on the same layers: the camera and the data stay. */
function repaint(map: GLMap, spec: MapSpec, look: Look): void {
  addIcons(map, look.palette)
  map.setPaintProperty('base', 'background-color', look.palette.base)
  for (const layer of drawnLayers(spec.layers, look)) {
    for (const [property, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, property as never, value as never)
    if (layer.type === 'symbol' && layer.source === BASE) map.setLayoutProperty(layer.id, 'text-field', nameIn(look.lang))
  }
}

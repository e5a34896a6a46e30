/** Makes the map, follows theme and size, and takes it away again. */
import { Map as GLMap, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useState, type RefObject } from 'react'
import { remNow } from '../../shared/rem'
import type { MapSpec } from '../../shared/spec'
import { useTheme } from '../../shared/theme'
import { mapIsDrawing } from '../ready'
import { declared, tiltOf } from './camera'
import { addIcons } from './icons'
import { readPalette } from './palette'
import { drawnLayers, mapStyle } from './style'

// From version 6 on a bundler must be told where the worker is; without it the map stays blank and nothing says so.
setWorkerUrl(workerUrl)

const FONTS = '"PingFang SC","HarmonyOS Sans SC","MiSans","Noto Sans CJK SC","Microsoft YaHei",sans-serif'

function create(container: HTMLElement, spec: MapSpec, centre: [number, number]): GLMap {
  return new GLMap({
    container,
    style: mapStyle(spec.layers, readPalette(), remNow()),
    ...(declared(spec.camera) ?? { center: centre, zoom: 12 + Math.log2(remNow()) }),
    ...tiltOf(spec.camera),
    attributionControl: false,
    canvasContextAttributes: { antialias: true },
    maxPitch: 65,
    minZoom: 9,
    maxZoom: 19,
    fadeDuration: 0,
    dragRotate: true,
    localIdeographFontFamily: FONTS,
  })
}

/** The map once its style stands; null before. */
export function useGlMap(box: RefObject<HTMLDivElement | null>, spec: MapSpec, centre: [number, number]): GLMap | null {
  const [map, setMap] = useState<GLMap | null>(null)
  const theme = useTheme()

  useEffect(() => {
    mapIsDrawing(true)
    const made = create(box.current as HTMLDivElement, spec, centre)
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
    // The map is made once; centre and spec belong to the page, and another page makes another map.
  }, [])

  useEffect(() => {
    if (map) repaint(map, spec)
  }, [map, spec, theme])
  return map
}

/** New colours on the same layers: the camera and the data stay. */
function repaint(map: GLMap, spec: MapSpec): void {
  const palette = readPalette()
  addIcons(map, palette)
  map.setPaintProperty('base', 'background-color', palette.base)
  for (const layer of drawnLayers(spec.layers, palette, remNow())) {
    for (const [property, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, property as never, value as never)
  }
}

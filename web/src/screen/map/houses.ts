/** The building under the pointer, and how the picked one stands out. */
import type { Map as GLMap, Point } from 'maplibre-gl'
import { useEffect } from 'react'
import { useLang } from '../../shared/i18n'
import { useTheme } from '../../shared/theme'
import { readPalette } from './palette'

/** From this zoom on a building is large enough to be meant; the tiles carry its code then. */
const MEANT_FROM = 15
const isHouses = (id: string): boolean => id.endsWith(':extrude') || id === 'base/buildings:case'

const shown = (map: GLMap): string[] =>
  map.getLayersOrder().filter((id) => isHouses(id) && map.getLayoutProperty(id, 'visibility') !== 'none')

/** The code of the building there, none where it is too far off to be meant. */
export function houseAt(map: GLMap, point: Point): string | undefined {
  if (map.getZoom() < MEANT_FROM) return undefined
  const code: unknown = map.queryRenderedFeatures(point, { layers: shown(map) })[0]?.properties['code']
  return typeof code === 'string' && code ? code : undefined
}

/** The picked building in the colour of what is picked; where the code is that of a larger place, none. Theme and language paint anew. */
export function useLit(map: GLMap | null, code: string | undefined): void {
  const theme = useTheme()
  const lang = useLang()
  useEffect(() => {
    if (!map || !code) return undefined
    const usual = shown(map).map((id) => {
      const colour = id.endsWith(':extrude') ? ('fill-extrusion-color' as const) : ('fill-color' as const)
      return { id, colour, paint: map.getPaintProperty(id, colour) }
    })
    for (const { id, colour, paint } of usual)
      map.setPaintProperty(id, colour, ['case', ['==', ['get', 'code'], code], readPalette().accent, paint] as never)
    return () => {
      for (const { id, colour, paint } of usual) if (map.getLayer(id)) map.setPaintProperty(id, colour, paint as never)
    }
  }, [map, code, theme, lang])
}

/** Houses as blocks beside the meshes: a desk's own map is flat, and in a tilted look only the houses of a mesh would stand. */
import type { Map as GLMap } from 'maplibre-gl'
import { useEffect } from 'react'
import { langNow } from '../../shared/i18n'
import { remNow } from '../../shared/rem'
import type { Layer } from '../../shared/spec'
import { useTheme } from '../../shared/theme'
import { useBaseMap, type BaseMap } from '../../screen/map/base'
import { aboveHouses } from '../../screen/map/meshes/rows'
import type { Drawn } from '../../screen/map/painters'
import { readPalette } from '../../screen/map/palette'
import { drawnLayers } from '../../screen/map/style'

const HOUSES: Layer = { id: 'blocks', kind: 'extrude', title: '', data: { source: 'space.buildings', refresh: 'none' } }

const layerOn = (base: BaseMap): Drawn =>
  drawnLayers([HOUSES], { palette: readPalette(), scale: remNow(), base, lang: langNow() }).find(({ id }) => id.startsWith(HOUSES.id)) as Drawn

/** They come with the first look and stay on the map, hidden, for the next: what the meshes leave out of them stays left out. */
export function useBlocks(map: GLMap, on: boolean): void {
  const base = useBaseMap()
  const theme = useTheme()
  useEffect(() => {
    if (!base) return
    const layer = layerOn(base)
    if (on && !map.getLayer(layer.id)) map.addLayer(layer, aboveHouses(map))
    if (!map.getLayer(layer.id)) return
    map.setLayoutProperty(layer.id, 'visibility', on ? 'visible' : 'none')
    for (const [property, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, property as never, value as never)
  }, [map, on, base, theme])
}

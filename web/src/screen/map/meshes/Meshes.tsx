/** Puts the meshes onto the map where there are any: the layer itself is fetched only then. Draws nothing itself. */
import type { LayerSpecification, Map as GLMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import { useTheme } from '../../../shared/theme'
import { mapIsDrawing } from '../../ready'
import { BASE } from '../base'
import { readPalette } from '../palette'
import type { MeshLayer } from './layer'
import { aboveHouses, blocksBeside, MESHES, meshesOf, SHOWN_FROM, useMeshRows, type MeshRow } from './rows'

const GLASS = `${MESHES}/picked:extrude`
const BLOCKS = /:extrude$/

const blocksOf = (map: GLMap): string[] => map.getLayersOrder().filter((id) => BLOCKS.test(id) && id !== GLASS)

/** A pane of glass round the picked house: a mesh has no paint of its own for it. */
const glass = (): LayerSpecification => ({
  id: GLASS,
  type: 'fill-extrusion',
  source: BASE,
  'source-layer': 'buildings',
  filter: ['==', ['get', 'code'], ''],
  paint: {
    'fill-extrusion-color': readPalette().accent,
    'fill-extrusion-opacity': 0.5,
    'fill-extrusion-height': ['+', ['coalesce', ['get', 'height'], 0], 1.5],
  },
})

/** Has the map been near enough for meshes? Once it has, they stay. */
function useNear(map: GLMap): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const look = () => {
      if (map.getZoom() >= SHOWN_FROM) setNear(true)
    }
    look()
    map.on('zoom', look)
    return () => {
      map.off('zoom', look)
    }
  }, [map])
  return near
}

/** The layer with its sets; another choice of sets is another layer. */
function useLayer(map: GLMap, rows: readonly MeshRow[]): MeshLayer | undefined {
  const [layer, setLayer] = useState<MeshLayer>()
  const key = rows.map((row) => row.mark).join()
  useEffect(() => {
    if (!key) return undefined
    let made: MeshLayer | undefined
    let gone = false
    const marks: string[] = []
    const loaded = (mark: string) => {
      marks.push(mark)
      for (const id of blocksOf(map)) map.setFilter(id, blocksBeside(marks))
    }
    const settled = () => {
      map.getContainer().dataset['meshes'] = 'drawn'
      mapIsDrawing(false)
    }
    void Promise.all([import('./layer'), import('./paint')]).then(([{ MeshLayer: Made }, { lookOf }]) => {
      if (gone) return
      made = new Made(rows, lookOf(readPalette()), { loaded, settled })
      const above = aboveHouses(map)
      map.addLayer(made, above)
      map.addLayer(glass(), above)
      setLayer(made)
    })
    return () => {
      gone = true
      setLayer(undefined)
      // The map may be gone already, with all that is on it.
      if (!made || !map.getStyle()) return
      for (const id of [GLASS, MESHES]) map.removeLayer(id)
      for (const id of blocksOf(map)) map.setFilter(id, null)
    }
    // The rows are those of the key.
  }, [map, key])
  return layer
}

export default function Meshes({ map, on, picked }: { map: GLMap; on: boolean; picked: string | undefined }) {
  const rows = useMeshRows()
  const near = useNear(map)
  const layer = useLayer(map, near ? rows : [])
  const theme = useTheme()
  useEffect(() => {
    if (!layer) return
    map.setPaintProperty(GLASS, 'fill-extrusion-color', readPalette().accent)
    void import('./paint').then(({ lookOf }) => layer.repaint(lookOf(readPalette())))
  }, [map, layer, theme])
  useEffect(() => {
    if (!layer) return undefined
    for (const id of [MESHES, GLASS]) map.setLayoutProperty(id, 'visibility', on ? 'visible' : 'none')
    meshesOf(map, on ? (x, y) => layer.at(x, y) : undefined)
    return () => void meshesOf(map, undefined)
  }, [map, layer, on])
  useEffect(() => {
    if (layer) map.setFilter(GLASS, ['all', ['==', ['get', 'code'], picked ?? ''], ['has', 'mesh']])
  }, [map, layer, picked])
  return null
}

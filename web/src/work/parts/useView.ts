/** What a map shows: its box and zoom, read anew behind each move. */
import type { Map as GLMap } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import type { View } from '../../screen/map/layerData'

export function useView(map: GLMap | null): View | null {
  const [view, setView] = useState<View | null>(null)
  useEffect(() => {
    if (!map) return undefined
    const read = () => {
      const bounds = map.getBounds()
      setView({ box: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], zoom: Math.floor(map.getZoom()) })
    }
    read()
    map.on('moveend', read)
    return () => {
      map.off('moveend', read)
    }
  }, [map])
  return view
}

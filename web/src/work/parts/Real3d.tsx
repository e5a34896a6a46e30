/** The switch of a desk's map to the meshes of the district, where this reader may see some: a tilted look at them, and back. */
import type { Map as GLMap } from 'maplibre-gl'
import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { lasting } from '../../screen/map/camera'
import { SHOWN_FROM, useMeshRows, type MeshRow } from '../../screen/map/meshes/rows'
import { Sets } from '../../screen/map/meshes/Sets'
import { useBlocks } from './blocks'
import './real3d.css'

const words = texts({
  real: ['三维实景', '3D model'],
  real_hint: ['显示导入的三维模型', 'Show the 3D meshes that were brought in'],
  origin: ['三维数据：{origin}', '3D data: {origin}'],
})
const PITCH = 55
const NEAR = SHOWN_FROM + 1.5
const TRAVEL_MS = 700

const holds = ({ box: [west, south, east, north] }: MeshRow, lon: number, lat: number) => lon >= west && lon <= east && lat >= south && lat <= north

/** There, where some are in view already; else over to the first set. */
function tilt(map: GLMap, rows: readonly MeshRow[]): void {
  const { lng, lat } = map.getCenter()
  const [[west, south, east, north]] = rows.map(({ box }) => box) as [MeshRow['box']]
  const center: [number, number] = rows.some((row) => holds(row, lng, lat)) ? [lng, lat] : [(west + east) / 2, (south + north) / 2]
  map.easeTo({ center, zoom: Math.max(map.getZoom(), NEAR), pitch: PITCH, duration: lasting(TRAVEL_MS) })
}

export function Real3d({ map, picked }: { map: GLMap; picked?: string | undefined }) {
  const t = useTexts(words)
  const rows = useMeshRows()
  const [on, turn] = useState<boolean>()
  useBlocks(map, Boolean(on))
  if (!rows.length) return null
  const press = () => {
    turn(!on)
    if (on) map.easeTo({ pitch: 0, bearing: 0, duration: lasting(TRAVEL_MS) })
    else tilt(map, rows)
  }
  return (
    <>
      <div className="real3d">
        <button type="button" aria-pressed={Boolean(on)} title={t('real_hint')} onClick={press}>
          {t('real')}
        </button>
        {on && <small>{t('origin', { origin: [...new Set(rows.map(({ origin }) => origin))].join(' · ') })}</small>}
      </div>
      {on !== undefined && <Sets map={map} on={on} picked={picked} />}
    </>
  )
}

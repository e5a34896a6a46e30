/** Tilt, zoom, home, and the list that says the same as the map. */
import type { Map as GLMap } from 'maplibre-gl'
import { texts, useTexts } from '../../shared/i18n'
import { lasting } from './camera'

const words = texts({
  tools: ['地图工具', 'Map tools'],
  tilt: ['三维视角', 'Tilted view'],
  list: ['列表', 'List'],
  closer: ['放大', 'Zoom in'],
  farther: ['缩小', 'Zoom out'],
  home: ['回到全区', 'Whole district'],
})

interface Props {
  map: GLMap | null
  flat: boolean
  setFlat: (flat: boolean) => void
  home: () => void
  list: boolean
  setList: (list: boolean) => void
}

export function MapTools({ map, flat, setFlat, home, list, setList }: Props) {
  const t = useTexts(words)
  const zoom = (by: number) => map?.easeTo({ zoom: map.getZoom() + by, duration: lasting(260) })
  return (
    <div className="map-tools" role="group" aria-label={t('tools')}>
      <button type="button" aria-pressed={!flat} aria-label={t('tilt')} title={t('tilt')} onClick={() => setFlat(!flat)}>
        3D
      </button>
      <button type="button" aria-label={t('closer')} title={t('closer')} onClick={() => zoom(0.7)}>
        ＋
      </button>
      <button type="button" aria-label={t('farther')} title={t('farther')} onClick={() => zoom(-0.7)}>
        －
      </button>
      <button type="button" aria-label={t('home')} title={t('home')} onClick={home}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.5 8 8 3l5.5 5M4.5 7v6h7V7" />
        </svg>
      </button>
      <button type="button" aria-pressed={list} aria-label={t('list')} title={t('list')} onClick={() => setList(!list)}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.5 4h1M6 4h7.5M2.5 8h1M6 8h7.5M2.5 12h1M6 12h7.5" />
        </svg>
      </button>
    </div>
  )
}

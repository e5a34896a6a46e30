/** A small drawn map: street outlines, me, and the nearest projects. The list below says the same in words. */
import { useMemo } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import type { LayerAnswer, Site } from '../data/projects'
import { isProjectStatus, TONES } from '../parts/status'
import { middle, type Point } from '../place/shapes'
import { outline, reachFor, toPicture, type Frame } from './frame'
import type { Away } from './order'

export interface AreaProperties { code: string; name: Text }

const words = texts({
  map: ['附近项目示意图：{place}周边共 {count} 个，编号与下面的列表一致。', 'Sketch of projects near {place}: {count}, numbered as in the list below.'],
  me: ['我的位置', 'My place'],
})

const SIZE = { width: 360, height: 220 }
const SHOWN = 9

interface Props {
  center: Point
  placeName: string
  sites: readonly Away<Site>[]
  streets: LayerAnswer<AreaProperties> | undefined
  picked: string | null
  onPick: (key: string) => void
}

const within = ([x, y]: [number, number]): boolean => x > 30 && x < SIZE.width - 30 && y > 12 && y < SIZE.height - 12

export function MiniMap({ center, placeName, sites, streets, picked, onPick }: Props) {
  const t = useTexts(words)
  const said = useSaid()
  const points = useMemo(() => sites.flatMap((site) => site.at ?? []), [sites])
  const frame: Frame = { ...SIZE, center, reach_m: reachFor(center, points, SHOWN) }
  const place = toPicture(frame)
  const [x, y] = place(center)
  return (
    <svg className="map" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} preserveAspectRatio="xMidYMid slice" role="img"
      aria-label={t('map', { place: placeName, count: sites.length })}>
      {streets?.features.map((street) => <path key={street.properties.code} className="map-street" d={outline(street.geometry, place)} />)}
      {streets?.features.map((street) => {
        const spot = middle(street.geometry)
        const at = spot && place(spot)
        return at && within(at) && <text key={street.properties.code} className="map-name" x={at[0]} y={at[1]}>{said(street.properties.name)}</text>
      })}
      <circle className="map-halo" cx={x} cy={y} r="16" />
      <circle className="map-me" cx={x} cy={y} r="6"><title>{t('me')}</title></circle>
      {sites.map((site, index) => site.at && (
        <Pin key={site.key} at={place(site.at)} mark={index < SHOWN ? index + 1 : null} status={site.status} picked={picked === site.key} onPick={() => onPick(site.key)} />
      )).reverse()}
    </svg>
  )
}

interface PinProps { at: [number, number]; mark: number | null; status: string; picked: boolean; onPick: () => void }

function Pin({ at, mark, status, picked, onPick }: PinProps) {
  const tone = isProjectStatus(status) ? TONES[status] : 'plain'
  const place = `translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`
  if (mark === null) return <circle className="pin-dot" data-tone={tone} transform={place} r="4" />
  return (
    <g className="pin" data-tone={tone} data-picked={picked || undefined} transform={place} onClick={onPick}>
      <path d="M0 0C-3.500-7-11-11-11-20a11 11 0 1 1 22 0C11-11 3.500-7 0 0z" />
      <text y="-16">{mark}</text>
    </g>
  )
}

/** How many projects carry a number on the map and in the list. */
export const NUMBERED = SHOWN

/** A small drawn map: street outlines, me, and the nearest projects. The list beside it says the same in words. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import type { LayerAnswer, Site } from '../data/projects'
import { isProjectStatus, TONES } from '../parts/status'
import { middle, type Point } from '../place/shapes'
import { frameAround, outline, toPicture, withoutOverlap, type Spot } from './frame'
import { NUMBERED, type Away } from './order'

export interface AreaProperties { code: string; name: Text; label_at?: [number, number] }
type Streets = LayerAnswer<AreaProperties>

const words = texts({
  map: ['附近项目示意图：{place}周边共 {count} 个，编号与下面的列表一致。', 'Sketch of projects near {place}: {count}, numbered as in the list below.'],
})

const SIZE = { width: 360, height: 220 }
const LETTER = 11

interface Props {
  center: Point
  placeName: string
  sites: readonly Away<Site>[]
  streets: Streets | undefined
  picked: string | null
  onPick: (key: string) => void
}

export function MiniMap({ center, placeName, sites, streets, picked, onPick }: Props) {
  const t = useTexts(words)
  const numbered = sites.slice(0, NUMBERED).flatMap((site) => site.at ?? [])
  const place = toPicture(frameAround([center, ...numbered], SIZE))
  const [x, y] = place(center)
  return (
    <svg className="map" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} preserveAspectRatio="xMidYMid slice" role="img"
      aria-label={t('map', { place: placeName, count: sites.length })}>
      {streets && <Ground streets={streets} place={place} />}
      <circle className="map-halo" cx={x} cy={y} r="16" />
      <circle className="map-me" cx={x} cy={y} r="6" />
      {sites.map((site, index) => site.at && (
        <Pin key={site.key} at={place(site.at)} mark={index < NUMBERED ? index + 1 : null} status={site.status} picked={picked === site.key} onPick={() => onPick(site.key)} />
      )).reverse()}
    </svg>
  )
}

function Ground({ streets, place }: { streets: Streets; place: (point: Point) => Spot }) {
  const said = useSaid()
  const names = streets.features.flatMap(({ geometry, properties: { code, name, label_at } }) => {
    const spot = label_at ? { lon: label_at[0], lat: label_at[1] } : middle(geometry)
    return spot ? [{ code, text: said(name), at: place(spot) }] : []
  })
  return (
    <>
      {streets.features.map((street) => <path key={street.properties.code} className="map-street" d={outline(street.geometry, place)} />)}
      {withoutOverlap(names, SIZE, LETTER).map(({ code, text, at }) => <text key={code} className="map-name" x={at[0]} y={at[1]}>{text}</text>)}
    </>
  )
}

interface PinProps { at: Spot; mark: number | null; status: string; picked: boolean; onPick: () => void }

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

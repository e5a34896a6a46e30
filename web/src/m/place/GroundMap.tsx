/** A drawn map of the ground, from the same tiles as every map, and of communities round a point. Whoever cannot see or touch it has the same by words and buttons beside it. */
import type { MouseEvent } from 'react'
import { useSaid } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { useKept } from '../data/kept'
import { COMMUNITIES, type LayerAnswer } from '../data/projects'
import { outline, toPicture, withoutOverlap, type Frame, type Spot } from '../near/frame'
import { placing, useGround } from './ground'
import { frameOf, toGround } from './mapFrame'
import { middle, type Point } from './shapes'
import { GROUND } from './tile'

interface Named { code: string; name: Text }
export interface Mark { key: string; at: Point; label: string; tone: 'here' | 'pin' | 'dot' }

const SIZE = { width: 360, height: 260 }
const LETTER = 11
const ROOM = { across: 90, along: 34 }
const PIN = 'M0 0C-3.500-7-11-11-11-20a11 11 0 1 1 22 0C11-11 3.500-7 0 0z'

interface Props { center: Point; width_m: number; marks: readonly Mark[]; label: string; line?: readonly Point[]; onPick?: (point: Point) => void }

export function GroundMap({ center, width_m, marks, label, line, onPick }: Props) {
  const frame = frameOf(center, width_m, SIZE)
  const place = toPicture(frame)
  const pick = (event: MouseEvent<SVGSVGElement>) => onPick?.(toGround(frame)(spotOf(event)))
  return (
    <svg className="map ground" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={label} data-picking={onPick ? true : undefined} onClick={pick}>
      <Ground frame={frame} keepFree={marks.filter(({ tone }) => tone !== 'dot').map(({ at }) => place(at))} />
      {line && <polyline className="map-way" points={line.map((point) => place(point).map((number) => number.toFixed(1)).join(',')).join(' ')} />}
      {marks.map(({ key, at, tone, label: mark }) => <MarkAt key={key} at={place(at)} tone={tone} label={mark} />)}
    </svg>
  )
}

function spotOf(event: MouseEvent<SVGSVGElement>): Spot {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
  return [((event.clientX - left) / width) * SIZE.width, ((event.clientY - top) / height) * SIZE.height]
}

function Ground({ frame, keepFree }: { frame: Frame; keepFree: Spot[] }) {
  const said = useSaid()
  const areas = useKept<LayerAnswer<Named>>(COMMUNITIES).body?.features ?? []
  const pieces = useGround(frame)
  const place = toPicture(frame)
  const names = areas.flatMap(({ geometry, properties: { code, name } }) => {
    const at = middle(geometry)
    const spot = at && place(at)
    // A name under a pin cannot be read, and hides where the pin stands.
    const isFree = spot && keepFree.every(([x, y]) => Math.abs(x - spot[0]) > ROOM.across || Math.abs(y - spot[1]) > ROOM.along)
    return spot && isFree ? [{ code, text: said(name), at: spot }] : []
  })
  return (
    <>
      {areas.map((area) => <path key={area.properties.code} className="map-street" d={outline(area.geometry, place)} />)}
      {GROUND.map((layer) => pieces.map((piece) => piece.paths[layer] && (
        <path key={`${layer} ${piece.column} ${piece.row}`} className={`map-${layer}`} d={piece.paths[layer]} transform={placing(frame, piece)} />
      )))}
      {withoutOverlap(names, SIZE, LETTER).map(({ code, text, at }) => <text key={code} className="map-name" x={at[0]} y={at[1]}>{text}</text>)}
    </>
  )
}

function MarkAt({ at: [x, y], tone, label }: { at: Spot; tone: Mark['tone']; label: string }) {
  if (tone === 'here') return <><circle className="map-halo" cx={x} cy={y} r="16" /><circle className="map-me" cx={x} cy={y} r="6" /></>
  if (tone === 'dot') return <circle className="pin-dot" cx={x} cy={y} r="3.5" />
  return <g className="pin" transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}><path d={PIN} /><text y="-16">{label}</text></g>
}

/** Ranked bars; with a status and a target, dots against the target line instead (ranks near 95 % are not truncated bars). */
import { useRef, type CSSProperties } from 'react'
import { byFormat } from '../shared/format'
import { useLang, useSaid } from '../shared/i18n'
import { shortName } from '../shared/places'
import { useRem } from '../shared/rem'
import type { Envelope, Lang, Panel, Row, Status } from '../shared/spec'
import { Mark } from '../shared/Status'
import { widthOf } from './names'
import { RowButton, TARGET_PX } from './RowButton'
import { amount, hasStatus, sorted, statusAt, word } from './rows'
import { Rows } from './Rows'
import type { BlockProps } from './types'
import { useRoom, type Room } from './useRoom'

export interface Bar {
  row: Row
  name: string
  value: number | null
  text: string
  status: Status | null
  share: number
  delta: number | null
}

/** Bars in order, with their share of the longest. */
export function barsOf(panel: Panel, envelope: Envelope, lang: Lang): Bar[] {
  const { x = 'value', y = 'name', status, delta } = panel.encode ?? {}
  const longest = Math.max(...envelope.rows.map((row) => amount(row, x) ?? 0), 0)
  const format = envelope.rows.some((row) => (amount(row, x) ?? 0) % 1 !== 0) && panel.format !== 'percent' ? '0.0' : panel.format
  return sorted(envelope.rows, panel.encode).map((row) => {
    const value = amount(row, x)
    const share = longest > 0 && value !== null ? Math.max(0, value / longest) : 0
    return {
      row,
      name: shortName(word(envelope, row, y, lang)),
      value,
      text: byFormat(value, format),
      share,
      status: hasStatus(row, status) ? statusAt(row, status) : null,
      delta: amount(row, delta),
    }
  })
}

export interface Axis {
  low: number
  high: number
}

/** The part of the axis that holds all dots and the target, with a margin. */
export function dotAxis(bars: readonly Bar[], target: number): Axis {
  const values = [target, ...bars.flatMap((bar) => (bar.value === null ? [] : [bar.value]))]
  const low = Math.min(...values)
  const high = Math.max(...values)
  const margin = (high - low || Math.abs(high) || 1) * 0.06
  return { low: low - margin, high: high + margin }
}

export const placeOn = ({ low, high }: Axis, value: number): number => ((value - low) / (high - low)) * 100

function Length({ bar }: { bar: Bar }) {
  return (
    <span className="bar-track">
      <span className="bar-length" style={{ width: `${bar.share * 100}%` }} />
    </span>
  )
}

interface DotProps {
  bar: Bar
  axis: Axis
  target: number
  good: string | null | undefined
}

/** A value that is all right but has not reached its target is drawn quietly: green is for those that have. */
export const dotStatus = ({ status, value }: Bar, target: number, good: string | null | undefined): Status => {
  const short = value !== null && ((good === 'up' && value < target) || (good === 'down' && value > target))
  return status === null || (status === 'ok' && short) ? 'none' : status
}

function Dot({ bar, axis, target, good }: DotProps) {
  const from = placeOn(axis, target)
  const at = bar.value === null ? null : placeOn(axis, bar.value)
  const status = dotStatus(bar, target, good)
  return (
    <span className="dot-track" data-status={status}>
      <span className="dot-target" style={{ left: `${from}%` }} />
      {at !== null && <span className="dot-stem" style={{ left: `${Math.min(from, at)}%`, width: `${Math.abs(at - from)}%` }} />}
      {at !== null && (
        <span className="dot-mark" style={{ left: `${at}%` }}>
          <Mark status={status} size="0.72em" />
        </span>
      )}
    </span>
  )
}

function Delta({ value }: { value: number }) {
  return <span className="bar-delta num">{value === 0 ? '–' : `${value > 0 ? '↑' : '↓'}${byFormat(Math.abs(value), '0.0')}%`}</span>
}

const WIDEST_EM = 9
const GAPS_EM = 0.5
/** Room for the longest name: 汉字 are one em wide, Latin letters about half, and there are gaps between the two. */
export const nameWidth = (bars: readonly Bar[]): number =>
  Math.min(WIDEST_EM, Math.max(3, ...bars.map((bar) => widthOf(bar.name) + GAPS_EM)))

const LEAST_TRACK_EM = 4
const REST_EM = 6.5
const EM_PX = 13

export interface Shape {
  columns: 1 | 2
  /** Lower than a finger can hit. */
  dense: boolean
}

/** Two columns where one would be too low and both still leave a bar its length. */
export function shapeOf(bars: readonly Bar[], { width, height }: Room, rem: number): Shape {
  const target = TARGET_PX * Math.max(1, rem)
  const wide = width / 2 >= (nameWidth(bars) + REST_EM + LEAST_TRACK_EM) * EM_PX * rem
  const columns = height < bars.length * target && wide ? 2 : 1
  return { columns, dense: height < Math.ceil(bars.length / columns) * target }
}

export function BarBlock({ panel, envelope, drill, picked }: BlockProps) {
  const lang = useLang()
  const said = useSaid()
  const box = useRef<HTMLDivElement>(null)
  const room = useRoom(box)
  const rem = useRem()
  const bars = barsOf(panel, envelope, lang)
  const target = panel.target ?? null
  const axis = target !== null && bars.some((bar) => bar.status) ? dotAxis(bars, target) : null
  const { columns, dense } = room ? shapeOf(bars, room, rem) : { columns: 1, dense: false }
  return (
    <Rows
      className="bars"
      box={box}
      tabIndex={dense ? 0 : undefined}
      aria-label={said(panel.title)}
      style={{ '--name': `${nameWidth(bars)}em`, '--lines': Math.ceil(bars.length / columns) } as CSSProperties}
      data-columns={columns}
      data-dense={dense || undefined}
      data-delta={panel.encode?.delta ? '' : undefined}
    >
      {bars.map((bar, index) => (
        <li key={index}>
          <RowButton row={bar.row} dense={dense} drill={drill} picked={picked} className="bar" status={bar.status ?? undefined}>
            <span className="bar-name" title={bar.name}>{bar.name}</span>
            {axis && target !== null ? <Dot bar={bar} axis={axis} target={target} good={panel.good} /> : <Length bar={bar} />}
            <span className="bar-value">
              <span className="num">{bar.text}</span>
              <span className="sr-only">{said(panel.unit)}</span>
            </span>
            {bar.delta !== null && <Delta value={bar.delta} />}
          </RowButton>
        </li>
      ))}
    </Rows>
  )
}

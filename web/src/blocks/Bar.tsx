/** Ranked bars; with a status and a target, dots against the target line instead (ranks near 95 % are not truncated bars). */
import { useRef, type CSSProperties } from 'react'
import { byFormat } from '../shared/format'
import { useLang, useSaid } from '../shared/i18n'
import { withoutStreet } from '../shared/places'
import { useRem } from '../shared/rem'
import type { Envelope, Lang, Panel, Row, Status } from '../shared/spec'
import { Mark } from '../shared/Status'
import { RowButton, TARGET_PX } from './RowButton'
import { amount, hasStatus, sorted, statusAt, word } from './rows'
import type { BlockProps } from './types'
import { useRoom } from './useRoom'

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
      name: withoutStreet(word(envelope, row, y, lang)),
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

function Dot({ bar, axis, target }: { bar: Bar; axis: Axis; target: number }) {
  const from = placeOn(axis, target)
  const at = bar.value === null ? null : placeOn(axis, bar.value)
  return (
    <span className="dot-track">
      <span className="dot-target" style={{ left: `${from}%` }} />
      {at !== null && <span className="dot-stem" style={{ left: `${Math.min(from, at)}%`, width: `${Math.abs(at - from)}%` }} />}
      {at !== null && (
        <span className="dot-mark" style={{ left: `${at}%` }}>
          <Mark status={bar.status ?? 'ok'} size="0.72em" />
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

const widthOf = (name: string): number => [...name].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1 : 0.58), 0)

export function BarBlock({ panel, envelope, drill, picked }: BlockProps) {
  const lang = useLang()
  const said = useSaid()
  const list = useRef<HTMLOListElement>(null)
  const room = useRoom(list)
  const rem = useRem()
  const bars = barsOf(panel, envelope, lang)
  const target = panel.target ?? null
  const axis = target !== null && bars.some((bar) => bar.status) ? dotAxis(bars, target) : null
  const dense = room !== null && room.height < bars.length * TARGET_PX * Math.max(1, rem)
  return (
    <ol
      className="bars"
      ref={list}
      tabIndex={dense ? 0 : undefined}
      aria-label={said(panel.title)}
      style={{ '--name': `${nameWidth(bars)}em` } as CSSProperties}
      data-dense={dense || undefined}
      data-delta={panel.encode?.delta ? '' : undefined}
    >
      {bars.map((bar, index) => (
        <li key={index}>
          <RowButton row={bar.row} dense={dense} drill={drill} picked={picked} className="bar" status={bar.status ?? undefined}>
            <span className="bar-name">{bar.name}</span>
            {axis && target !== null ? <Dot bar={bar} axis={axis} target={target} /> : <Length bar={bar} />}
            <span className="bar-value">
              <span className="num">{bar.text}</span>
              <span className="sr-only">{said(panel.unit)}</span>
            </span>
            {bar.delta !== null && <Delta value={bar.delta} />}
          </RowButton>
        </li>
      ))}
    </ol>
  )
}

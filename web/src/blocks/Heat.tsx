/** Two categories crossed, the value as depth of one colour: hours by weekday and the like. */
import type { CSSProperties } from 'react'
import { byFormat } from '../shared/format'
import { useLang, useSaid } from '../shared/i18n'
import type { Envelope, Lang, Panel } from '../shared/spec'
import { axisWord } from './axis'
import { amount, word } from './rows'
import type { BlockProps } from './types'

const STEPS = 5
/** So many columns leave room for their names in two lines; more stand upright when they are words, and every fourth is told when numbers. */
const MOST_NAMED = 16
const SHORT = 3
const [NARROWEST, WIDEST] = [3, 11]

export interface HeatTable {
  across: string[]
  down: string[]
  cells: (number | null)[][]
  most: number
}

/** The rows as a table of values: across by `x`, down by `y`, in the order of first appearance. */
export function heatTable(panel: Panel, envelope: Envelope, lang: Lang): HeatTable {
  const { x = 'x', y = 'y', value = 'value' } = panel.encode ?? {}
  const across = [...new Set(envelope.rows.map((row) => String(row[x ?? ''])))]
  const down = [...new Set(envelope.rows.map((row) => String(row[y ?? ''])))]
  const cells = down.map(() => across.map((): number | null => null))
  for (const row of envelope.rows) {
    const line = cells[down.indexOf(String(row[y ?? '']))]
    if (line) line[across.indexOf(String(row[x ?? '']))] = amount(row, value)
  }
  const name = (key: string | null) => (code: string) => {
    const row = envelope.rows.find((one) => String(one[key ?? '']) === code) ?? {}
    return word(envelope, row, key, lang) === code || typeof row[key ?? ''] === 'number'
      ? axisWord(row[key ?? ''], lang)
      : word(envelope, row, key, lang)
  }
  const most = Math.max(0, ...cells.flat().map((cell) => cell ?? 0))
  return { across: across.map(name(x)), down: down.map(name(y)), cells, most }
}

/** 1 (least) to 5 (most); nothing counts as 1. */
export const depth = (value: number | null, most: number): number =>
  value === null || most === 0 ? 1 : Math.min(STEPS, 1 + Math.floor((value / most) * STEPS))

export const naming = (across: readonly string[]): 'named' | 'upright' | 'some' =>
  across.length <= MOST_NAMED ? 'named' : across.every((name) => name.length <= SHORT) ? 'some' : 'upright'

/** About how wide a name is, in em: a Han character is one, a letter a bit more than half. */
const emOf = (name: string): number => [...name].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 1 : 0.58), 0)

/** As wide as the longest name of a row, within bounds. */
export const headEm = (down: readonly string[]): number => Math.min(WIDEST, Math.max(NARROWEST, ...down.map((name) => Math.ceil(emOf(name))))) + 0.5

export function Heat({ panel, envelope }: BlockProps) {
  const lang = useLang()
  const unit = useSaid()(panel.unit)
  const table = heatTable(panel, envelope, lang)
  return (
    <table className="heat" data-names={naming(table.across)} style={{ '--head': `${headEm(table.down)}em` } as CSSProperties}>
      <tbody>
        {table.down.map((name, line) => (
          <tr key={name}>
            <th scope="row" title={name}>{name}</th>
            {table.cells[line]?.map((value, index) => (
              <td key={index} data-depth={depth(value, table.most)} title={`${name} ${table.across[index]}  ${byFormat(value)} ${unit}`}>
                <span className="sr-only">{byFormat(value)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          {table.across.map((name) => (
            <th key={name} scope="col" className="num" title={name}>
              <span>{name}</span>
            </th>
          ))}
        </tr>
      </tfoot>
    </table>
  )
}

/** All indicators as cells by domain, dull when all is well, and the exceptions in words. */
import type { CSSProperties, KeyboardEvent } from 'react'
import { byFormat, spaced } from '../shared/format'
import { texts, useLang, useSaid, useTexts } from '../shared/i18n'
import type { Envelope, Lang, Panel, Row, Status } from '../shared/spec'
import { Mark, STATUSES, useStatusWord } from '../shared/Status'
import { openHow } from './explain'
import { amount, statusAt, word } from './rows'
import { Rows } from './Rows'
import type { BlockProps } from './types'

const words = texts({
  count: ['{n} 项', '{n} items'],
  calm: ['没有需要关注的项目', 'Nothing needs attention'],
  more: ['另 {n} 项', '{n} more'],
})
const SHOWN = 2

/** `number` stands in the cell when the things are numbered and not grouped. */
interface Cell {
  key: string
  number: string
  name: string
  status: Status
  about: string
  row: Row
}
export interface Group {
  name: string
  cells: Cell[]
}

/** Cells by group, in the order in which the source sends them. */
export function groupsOf(panel: Panel, envelope: Envelope, lang: Lang, statusWord: (status: Status) => string): Group[] {
  const { group, label = 'name', status = 'status' } = panel.encode ?? {}
  const groups = new Map<string, Cell[]>()
  for (const row of envelope.rows) {
    const name = word(envelope, row, label, lang)
    const state = statusAt(row, status)
    const unit = word(envelope, row, 'unit', lang)
    const value = amount(row, group ? 'value' : null)
    const about = spaced(
      `${name}${lang === 'zh' ? '：' : ': '}${value === null ? statusWord(state) : `${byFormat(value)}${unit} ${statusWord(state)}`}`,
    )
    const cell = { key: String(row['key'] ?? name), number: group ? '' : String(row['number'] ?? ''), name, status: state, about, row }
    const in_ = word(envelope, row, group, lang)
    groups.set(in_, [...(groups.get(in_) ?? []), cell])
  }
  return [...groups].map(([name, cells]) => ({ name, cells }))
}

/** Breaches first, then those to watch. */
export const exceptionsOf = (groups: readonly Group[]): Cell[] =>
  (['breach', 'watch'] as const).flatMap((status) => groups.flatMap(({ cells }) => cells.filter((cell) => cell.status === status)))

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }

/** One tab stop for all cells; arrows move among them. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (step === undefined) return
  const cells = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')]
  const next = cells[Math.max(0, Math.min(cells.length - 1, cells.indexOf(event.target as HTMLButtonElement) + step))]
  for (const cell of cells) cell.tabIndex = cell === next ? 0 : -1
  next?.focus()
  event.preventDefault()
}

function Summary({ groups, statusWord }: { groups: readonly Group[]; statusWord: (status: Status) => string }) {
  const t = useTexts(words)
  const cells = groups.flatMap((group) => group.cells)
  const counts = STATUSES.map((status) => [status, cells.filter((cell) => cell.status === status).length] as const)
  const [before, after] = t('count', { n: '|' }).split('|')
  return (
    <p className="matrix-sum">
      <span>
        {before}
        <b className="num">{cells.length}</b>
        {after}
      </span>
      {counts
        .filter(([, n]) => n > 0)
        .map(([status, n]) => (
          <span key={status}>
            <Mark status={status} />
            {statusWord(status)} <b className="num">{n}</b>
          </span>
        ))}
    </p>
  )
}

type Press = (cell: Cell) => void

function Exceptions({ cells, press }: { cells: readonly Cell[]; press: Press }) {
  const t = useTexts(words)
  if (cells.length === 0) return <p className="matrix-calm">{t('calm')}</p>
  return (
    <ul className="matrix-exceptions">
      {cells.slice(0, SHOWN).map((cell) => (
        <li key={cell.key}>
          <button type="button" className="status-tag" data-status={cell.status} onClick={() => press(cell)}>
            <Mark status={cell.status} />
            <span>{cell.name}</span>
          </button>
        </li>
      ))}
      {cells.length > SHOWN && <li className="matrix-more">{t('more', { n: cells.length - SHOWN })}</li>}
    </ul>
  )
}

function Cells({ groups, name, press }: { groups: readonly Group[]; name: string; press: Press }) {
  return (
    <Rows
      as="div"
      className="matrix-grid"
      role="group"
      style={{ '--cells': Math.max(1, ...groups.map((group) => group.cells.length)) } as CSSProperties}
      aria-label={name}
      onKeyDown={moveFocus}
    >
      {groups.map((group, line) => (
        <div className="matrix-row" key={group.name} data-plain={group.name ? undefined : ''}>
          {group.name && <span title={group.name}>{group.name}</span>}
          {group.cells.map((cell, index) => (
            <button
              key={cell.key}
              type="button"
              className="matrix-cell"
              data-status={cell.status}
              tabIndex={line + index === 0 ? 0 : -1}
              title={cell.about}
              aria-label={cell.about}
              onClick={() => press(cell)}
            >
              {cell.number && <span className="num">{cell.number}</span>}
              {!['ok', 'none'].includes(cell.status) && <Mark status={cell.status} size="0.72em" />}
            </button>
          ))}
        </div>
      ))}
    </Rows>
  )
}

export function Matrix({ panel, envelope, drill }: BlockProps) {
  const lang = useLang()
  const said = useSaid()
  const usual = useStatusWord()
  const own = envelope.dict?.[panel.encode?.status ?? 'status']
  const statusWord = (status: Status) => (own?.[status] === undefined ? usual(status) : said(own[status]))
  const groups = groupsOf(panel, envelope, lang, statusWord)
  const press = (cell: Cell) => (drill ? drill(cell.row) : openHow(cell.key))
  return (
    <div className="matrix">
      <Summary groups={groups} statusWord={statusWord} />
      <Cells groups={groups} name={said(panel.title)} press={press} />
      <Exceptions cells={exceptionsOf(groups)} press={press} />
    </div>
  )
}

/** Cases by stage: a column for each state of the chosen kind, what is due first on top; all of it by keys too. */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { number } from '../../shared/format'
import { said as inWords, useLang, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { useLabel } from '../labels'
import { withField } from '../list/query'
import { useKey } from '../shell/shortcuts'
import { labelKey } from '../values'
import type { Row } from '../wire'
import { titleSaid } from '../titles'
import { useBoard, type Column } from './api'
import { deskAddress, kindOn, withKind, type Desk } from './desk'
import { firstSpot, moved, type Spot } from './keys'
import { AttentionMark, TimeLeft, UrgencyMark, useNow } from './parts'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'

interface CardOf {
  row: Row
  now: number
  address: string
  current: boolean
  isOpen: boolean
  picked: boolean
  onPick: () => void
  onFocus: () => void
}

const textOf = (row: Row, field: string, lang: 'zh' | 'en', none: string): string =>
  inWords(row[labelKey(field)] as string | null, lang) || String(row[field] ?? '') || none

function Card({ row, now, address, current, isOpen, picked, onPick, onFocus }: CardOf) {
  const t = useTexts(deskCaseWords)
  const lang = useLang()
  const supporters = Number(row['supporters'] ?? 0)
  return (
    <li className="case-card" data-open={isOpen || undefined} data-picked={picked || undefined}>
      <p className="card-head">
        <label className="card-pick">
          <input type="checkbox" checked={picked} onChange={onPick} aria-label={t('select', { number: String(row['number']) })} />
        </label>
        <span className="num meta">{String(row['number'])}</span>
        <UrgencyMark urgency={row['urgency']} bare={row['urgency'] === 'normal'} />
        <AttentionMark attention={row['attention']} />
      </p>
      <Link to={address} className="card-title" tabIndex={current ? 0 : -1} data-card={row.id} onFocus={onFocus} aria-current={isOpen || undefined}>
        {titleSaid(row)}
      </Link>
      <p className="meta card-where">{textOf(row, 'place', lang, t('noPlace'))}</p>
      <p className="card-foot">
        <TimeLeft row={row} now={now} />
        {supporters > 1 && <span className="meta num">{t('supporters', { count: supporters })}</span>}
        <span className="meta card-office">{textOf(row, 'lead', lang, t('noOffice'))}</span>
      </p>
    </li>
  )
}

function ColumnHead({ column }: { column: Column }) {
  const t = useTexts(deskCaseWords)
  const label = useLabel()
  return (
    <h2>
      {label(column.label)} <span className="num">{number(column.count, 0)}</span>
      {column.overdue > 0 && (
        <span className="column-late num">
          <Mark status="breach" size="0.7em" />
          {t('overdue', { count: column.overdue })}
        </span>
      )}
    </h2>
  )
}

/** Ended cases are counted, not spread out: the list has them. */
function Ended({ columns, desk }: { columns: Column[]; desk: Desk }) {
  const t = useTexts(deskCaseWords)
  const label = useLabel()
  if (!columns.length) return null
  return (
    <section className="column ended" aria-label={t('ended')}>
      <h2>{t('ended')}</h2>
      <ul className="plain-list">
        {columns.map((column) => (
          <li key={column.stage}>
            <Link
              className="desk-link"
              to={deskAddress({ view: 'list', open: '', query: withField(desk.query, 'state', [{ field: 'state', op: 'eq', value: column.stage }]) })}
            >
              {label(column.label)} <span className="num">{number(column.count, 0)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The focus goes with the arrows; when a case leaves its column the nearest one there takes its place. */
function useWalk(columns: Column[], onStep: (row: Row) => void, onPick: (row: Row) => void) {
  const board = useRef<HTMLDivElement>(null)
  const sizes = useMemo(() => columns.map((column) => column.rows.length), [columns])
  const [at, setAt] = useState<Spot | null>(null)
  const [column, row] = at ?? [0, 0]
  const there = at && row < (sizes[column] ?? 0) ? at : at && (sizes[column] ?? 0) > 0 ? ([column, sizes[column]! - 1] as const) : firstSpot(sizes)
  const rowAt = (spot: Spot | null): Row | undefined => (spot ? columns[spot[0]]?.rows[spot[1]] : undefined)
  const focus = (spot: Spot) => {
    setAt(spot)
    const id = rowAt(spot)?.id
    const card = board.current?.querySelector<HTMLElement>(`[data-card="${id}"]`)
    card?.focus()
    card?.closest('li')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }
  const pressed = (event: KeyboardEvent) => {
    const onCard = event.target instanceof Element && event.target.matches('[data-card]')
    const next = there && onCard ? moved(sizes, there, event.key) : null
    if (next) {
      event.preventDefault()
      focus(next)
    }
  }
  const held = (act: (row: Row) => void) => () => {
    const row = rowAt(there)
    if (row) act(row)
  }
  useKey('a', there ? held(onStep) : undefined)
  useKey('x', there ? held(onPick) : undefined)
  const enter = there && !board.current?.contains(document.activeElement) ? () => focus(there) : undefined
  useKey('ArrowDown', enter)
  useKey('ArrowRight', enter)
  return { board, there, setAt, pressed }
}

export function Board({ model, desk, picked, onPick, onStep }: ViewOf) {
  const t = useTexts(deskCaseWords)
  const kind = kindOn(model, desk.query)
  const answer = useBoard(kind, desk.query)
  const now = useNow()
  const all = useMemo(() => answer.data?.columns ?? [], [answer.data])
  const columns = useMemo(() => all.filter((column) => !column.final), [all])
  const label = useLabel()
  const { board, there, setAt, pressed } = useWalk(columns, onStep, onPick)
  useEffect(() => setAt(null), [kind, setAt])
  if (!kind) return <p className="nothing">{t('noKinds')}</p>
  if (answer.isPending) return <Skeleton lines={8} />
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />
  return (
    <div ref={board} className="board-columns" aria-busy={answer.isFetching} onKeyDown={pressed} tabIndex={-1}>
      {columns.map((column, index) => (
        <section key={column.stage} className="column" aria-label={t('column', { name: label(column.label), count: column.count })}>
          <ColumnHead column={column} />
          {column.count === 0 && <p className="meta column-none">{t('none')}</p>}
          <ol className="cards">
            {column.rows.map((row, place) => (
              <Card
                key={row.id}
                row={row}
                now={now}
                address={deskAddress({ ...desk, open: String(row.id) })}
                current={there?.[0] === index && there[1] === place}
                isOpen={desk.open === String(row.id)}
                picked={picked.has(row.id)}
                onPick={() => onPick(row)}
                onFocus={() => setAt([index, place])}
              />
            ))}
          </ol>
          {column.more > 0 && (
            <Link
              className="desk-link column-more"
              to={deskAddress({ view: 'list', open: '', query: withField(withKind(desk.query, kind), 'state', [{ field: 'state', op: 'eq', value: column.stage }]) })}
            >
              {t('more', { count: column.more })}
            </Link>
          )}
        </section>
      ))}
      <Ended columns={all.filter((column) => column.final)} desk={{ ...desk, query: withKind(desk.query, kind) }} />
    </div>
  )
}

/** Everybody's round in order, changed by dragging or by buttons; and what is on none, with the reason. */
import { DownOutlined, LockFilled, UnlockOutlined, UpOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState, type DragEvent } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Locks, Order, Plan, Round, Tour, Visit } from './api'
import { Within } from './Choosing'
import { clock, kilometres, minutesOf, moved, orderOf, takenOff } from './moving'
import { tourWords } from './words'

interface Props {
  tour: Tour
  plan: Plan | null
  /** What was locked with it counts once the order was taken. */
  onOrder: (order: Order, locks: Locks) => void
  locks: Locks
  onLocks: (locks: Locks) => void
}
interface Acts {
  plan: Plan
  /** Where a stop goes: to whom, and at which place. */
  onMove: (record: number, account: number, at?: number) => void
  onTake: (record: number) => void
  isLocked: (record: number, account: number) => boolean
  onLock: (record: number, account: number) => void
}

export function Rounds({ tour, plan, onOrder, locks, onLocks }: Props) {
  const t = useTexts(tourWords)
  if (!plan) return null
  const acts: Acts = {
    plan,
    onMove: (record, account, at) => {
      // What was given to somebody by hand stays with them when the rest is planned again.
      onOrder(moved(orderOf(plan), record, account, at), { ...locks, [record]: account })
    },
    onTake: (record) => onOrder(takenOff(orderOf(plan), record), locks),
    isLocked: (record, account) => locks[record] === account,
    onLock: (record, account) => {
      const { [record]: was, ...rest } = locks
      onLocks(was === account ? rest : { ...rest, [record]: account })
    },
  }
  return (
    <section className="tours-rounds" aria-label={t('rounds')}>
      <Unserved acts={acts} />
      {plan.rounds.map((round, index) => <OneRound key={round.account} round={round} index={index} tour={tour} acts={acts} />)}
      <p className="meta">{t('drag')}</p>
    </section>
  )
}

function dragged(event: DragEvent): number {
  event.preventDefault()
  return Number(event.dataTransfer.getData('text/plain'))
}

function OneRound({ round, index, tour, acts }: { round: Round; index: number; tour: Tour; acts: Acts }) {
  const t = useTexts(tourWords)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent, at?: number) => {
    const record = dragged(event)
    event.stopPropagation()
    setOver(false)
    if (record) acts.onMove(record, round.account, at)
  }
  const last = tour.ends_s && round.stops.length ? t(round.back_line ? 'back' : 'ends', { time: clock(round.back_s) }) : ''
  return (
    <article className="card tours-round" data-tone={(index % 4) + 1} data-over={isOver || undefined} aria-label={round.name}
      onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={(event) => drop(event)}>
      <header>
        <h3>{round.name}</h3>
        <span className="meta num">{round.stops.length ? `${kilometres(round.metres)} km · ${t('starts', { time: clock(round.begins_s) })} · ${last}` : t('free')}</span>
      </header>
      <Faults round={round} />
      <ol>{round.stops.map((stop, at) => <OneStop key={stop.record} stop={stop} at={at} round={round} tour={tour} acts={acts} onDrop={drop} />)}</ol>
    </article>
  )
}

function Faults({ round }: { round: Round }) {
  const t = useTexts(tourWords)
  const said = [
    round.over_s > 0 && t('over', { n: Math.ceil(round.over_s / 60) }), round.excess > 0 && t('excess', { n: round.excess }), round.has_gap && t('gap'),
  ].filter(Boolean)
  return said.length ? <p className="tours-bad" role="alert">{said.join(' · ')}</p> : null
}

interface StopProps { stop: Visit; at: number; round: Round; tour: Tour; acts: Acts; onDrop: (event: DragEvent, at: number) => void }

function OneStop({ stop, at, round, tour, acts, onDrop }: StopProps) {
  const t = useTexts(tourWords)
  const said = useSaid()
  const title = said(stop.title)
  const locked = acts.isLocked(stop.record, round.account)
  const move = (to: number) => acts.onMove(stop.record, round.account, to)
  return (
    <li draggable onDragStart={(event) => event.dataTransfer.setData('text/plain', String(stop.record))} onDragOver={(event) => event.preventDefault()} onDrop={(event) => onDrop(event, at)}>
      <b className="tours-number num">{stop.number}</b>
      <span className="tours-what">
        <b>{title}</b>
        <small><span className="num">{clock(stop.arrive_s)}</span> · {said(stop.place)}{stop.wait_s >= 60 && ` · ${t('wait', { n: minutesOf(stop.wait_s) })}`}<Within stop={stop} tour={tour} /></small>
        {stop.late_s > 0 && <small className="tours-bad">{t('late', { n: Math.ceil(stop.late_s / 60) })}</small>}
      </span>
      <span className="tours-acts">
        <Button size="small" type="text" icon={<UpOutlined />} aria-label={`${t('up')}：${title}`} disabled={!at} onClick={() => move(at - 1)} />
        <Button size="small" type="text" icon={<DownOutlined />} aria-label={`${t('down')}：${title}`} disabled={at === round.stops.length - 1} onClick={() => move(at + 1)} />
        <Button size="small" type="text" icon={locked ? <LockFilled /> : <UnlockOutlined />} aria-pressed={locked} aria-label={`${t(locked ? 'unlock' : 'lock')}：${title}`}
          onClick={() => acts.onLock(stop.record, round.account)} />
        <Give record={stop.record} title={title} acts={acts} but={round.account} />
      </span>
    </li>
  )
}

/** To somebody else, or to nobody: the same as dragging, for whoever cannot drag. */
function Give({ record, title, acts, but }: { record: number; title: string; acts: Acts; but?: number }) {
  const t = useTexts(tourWords)
  const chosen = (value: string) => (value === 'out' ? acts.onTake(record) : value && acts.onMove(record, Number(value)))
  return (
    <select className="tours-give" value="" aria-label={`${t('to')}：${title}`} onChange={(event) => chosen(event.target.value)}>
      <option value="">⋯</option>
      {acts.plan.rounds.filter(({ account }) => account !== but).map(({ account, name }) => <option key={account} value={account}>{t('to')} {name}</option>)}
      {but !== undefined && <option value="out">{t('out')}</option>}
    </select>
  )
}

function Unserved({ acts }: { acts: Acts }) {
  const t = useTexts(tourWords)
  const said = useSaid()
  const { unserved } = acts.plan
  if (!unserved.length) return <p className="meta">{t('served')}</p>
  return (
    <details className="card tours-round tours-left">
      <summary>{t('unserved', { n: unserved.length })}</summary>
      <ul>
        {unserved.map((stop) => (
          <li key={stop.record} draggable onDragStart={(event) => event.dataTransfer.setData('text/plain', String(stop.record))}>
            <span className="tours-what"><b>{said(stop.title)}</b><small>{said(stop.place)}</small><small className="tours-bad">{said(stop.why)}</small></span>
            <Give record={stop.record} title={said(stop.title)} acts={acts} />
          </li>
        ))}
      </ul>
    </details>
  )
}

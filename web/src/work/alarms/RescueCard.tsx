/** One running rescue: its clock, its ladder with whom it called, who comes, and how it is ended. */
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockText } from '../../shared/clock'
import { useSaid, useTexts } from '../../shared/i18n'
import { number } from '../../shared/format'
import { recordAddress } from '../paths'
import { callAct, end, RESCUE, type Board, type Call, type Rescue } from './api'
import { Person } from './Person'
import { timeOf } from './times'
import { tellFailed } from './told'
import { alarmWords } from './words'

const OPEN_CALLS = ['told', 'answered', 'coming']
const MINUTES = [3, 5, 8, 10, 15, 20, 30]

export function RescueCard({ rescue, board, now, onDone }: { rescue: Rescue; board: Board; now: number; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const word = (field: string, value: string) => said(board.dict[field]?.[value] ?? value)
  return (
    <article className="card rescue" data-state={rescue.state} aria-label={said(rescue.said)}>
      <header>
        <div>
          <h3>{said(rescue.said)}</h3>
          <p className="meta">{said(rescue.place__label)} · {word('located', rescue.located)}{rescue.presses > 1 && ` · ${t('presses', { n: rescue.presses })}`}</p>
        </div>
        <Clocks rescue={rescue} board={board} now={now} />
      </header>
      <p className="rescue-state"><b>{word('state', rescue.state)}</b> <Sentence rescue={rescue} now={now} /></p>
      {board.may_look && <Person rescue={rescue} />}
      <Ladder rescue={rescue} board={board} onDone={onDone} />
      <Foot rescue={rescue} board={board} onDone={onDone} />
    </article>
  )
}

/** The time since the call, and what is left until somebody should be there. */
function Clocks({ rescue, board, now }: { rescue: Rescue; board: Board; now: number }) {
  const t = useTexts(alarmWords)
  const due = board.clocks[String(rescue.case)]?.find(({ key }) => key === 'arriving')?.due_at
  const until = rescue.there_at ?? rescue.ended_at
  const left = due ? Date.parse(due) - (until ? Date.parse(until) : now) : null
  return (
    <dl className="rescue-clocks">
      <div><dd className="num">{clockText((until ? Date.parse(until) : now) - Date.parse(rescue.raised_at))}</dd><dt>{t('since')}</dt></div>
      {left !== null && <div data-over={left < 0 || undefined}><dd className="num">{clockText(left)}</dd><dt>{t(left < 0 ? 'over' : 'left')}</dt></div>}
    </dl>
  )
}

function Sentence({ rescue, now }: { rescue: Rescue; now: number }) {
  const t = useTexts(alarmWords)
  if (rescue.there_at) return <>{t('there', { time: timeOf(rescue.there_at) })}</>
  const parts = [
    ...(rescue.coming_at ? [t('coming', { time: timeOf(rescue.coming_at) })] : []),
    ...(rescue.at_top_at ? [t('top')] : []),
    ...(rescue.next_at ? [t(rescue.is_test ? 'ends' : rescue.coming_at ? 'late' : rescue.at_top_at ? 'again' : 'next', { time: clockText(Math.max(0, Date.parse(rescue.next_at) - now)) })] : []),
  ]
  return <span className="num">{parts.join(' · ')}</span>
}

function Ladder({ rescue, board, onDone }: { rescue: Rescue; board: Board; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  return (
    <ol className="ladder">
      {rescue.ladder.map((rung, index) => {
        const calls = rescue.calls.filter((call) => call.rung === index)
        return (
          <li key={rung.key} data-now={(rescue.rung === index && !rescue.ended_at) || undefined} data-later={!calls.length || undefined}>
            <b>{said(rung.label)}</b>
            {calls.length ? <ul>{calls.map((call) => <Called key={call.id} call={call} board={board} isOver={Boolean(rescue.ended_at)} onDone={onDone} />)}</ul> : <p className="meta">{t('notYet')}</p>}
          </li>
        )
      })}
    </ol>
  )
}

const CALL_STATES: Record<string, [string, string]> = {
  told: ['已通知', 'told'], answered: ['已应答', 'answered'], coming: ['正在前往', 'coming'], there: ['已到场', 'there'],
  declined: ['不能前往', 'cannot come'], released: ['不再需要', 'no longer needed'], nobody: ['无人可叫', 'nobody to call'],
}

function Called({ call, board, isOver, onDone }: { call: Call; board: Board; isOver: boolean; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const state = useTexts(CALL_STATES)
  const said = useSaid()
  const act = (name: string, values: object, why = '') => void callAct(call, name, values, why).then(onDone, tellFailed)
  return (
    <li className="called" data-state={call.state}>
      {call.state !== 'nobody' && <span>{call.who || said(board.call_dict[call.call])}{call.relation && ` · ${call.relation}`}</span>}
      <span className="called-state">{state(call.state)}{call.eta_at && call.state === 'coming' && ` · ${t('eta', { time: timeOf(call.eta_at) })}`}{call.why && ` · ${call.why}`}</span>
      {call.walk_s !== null && <span className="meta">{t('walk', { n: number(Math.ceil(call.walk_s / 60), 0) })}{!call.exact && t('straight')}</span>}
      {!isOver && board.may_act && OPEN_CALLS.includes(call.state) && (
        <span className="called-acts">
          <select className="native-select" aria-label={t('answered')} value="" onChange={(event) => act('answer_for', event.target.value === 'yes' ? {} : { minutes: Number(event.target.value) })}>
            <option value="" disabled>{t('answered')}</option>
            <option value="yes">{t('hasIt')}</option>
            {MINUTES.map((n) => <option key={n} value={n}>{t('inMinutes', { n })}</option>)}
          </select>
          <Button size="small" onClick={() => act('arrive_for', {})}>{t('isThere')}</Button>
          <Button size="small" onClick={() => act('decline_for', {}, t('byPhone'))}>{t('cannot')}</Button>
        </span>
      )}
    </li>
  )
}

function Foot({ rescue, board, onDone }: { rescue: Rescue; board: Board; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const [ending, setEnding] = useState(false)
  const [outcome, setOutcome] = useState('')
  const [note, setNote] = useState('')
  const outcomes = board.alarms.find(({ key }) => key === rescue.alarm)?.outcomes ?? []
  return (
    <footer>
      {ending ? (
        <form className="rescue-end" onSubmit={(event) => { event.preventDefault(); void end(rescue, outcome, note).then(onDone, tellFailed) }}>
          <label>{t('outcome')} <select className="native-select" required value={outcome} onChange={(event) => setOutcome(event.target.value)}>
            <option value="">{t('choose')}</option>
            {outcomes.map((one) => <option key={one.key} value={one.key}>{said(one.label)}</option>)}
          </select></label>
          <label>{t('note')} <input className="native-select" value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} /></label>
          <Button htmlType="submit" type="primary">{t('confirm')}</Button>
          <Button onClick={() => setEnding(false)}>{t('cancel')}</Button>
        </form>
      ) : (
        board.may_act && !rescue.ended_at && <Button type="primary" onClick={() => setEnding(true)}>{t('endIt')}</Button>
      )}
      <Link className="desk-link" to={recordAddress(RESCUE, rescue.id)}>{t('open')}</Link>
      <Link className="desk-link" to={recordAddress('cases.case', rescue.case)}>{t('case')}</Link>
    </footer>
  )
}

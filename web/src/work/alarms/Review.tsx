/** A rescue that is over and was not looked at by somebody else yet: how it went in one line, and the form of the review. */
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSaid, useTexts } from '../../shared/i18n'
import { recordAddress } from '../paths'
import { review, RESCUE, type Board, type Rescue } from './api'
import { timeOf } from './times'
import { tellFailed } from './told'
import { alarmWords } from './words'

export function EndedCard({ rescue, board, onDone }: { rescue: Rescue; board: Board; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const outcome = said(board.dict['outcome']?.[rescue.outcome ?? ''] ?? rescue.outcome ?? '')
  return (
    <article className="card rescue ended" data-state="ended" aria-label={said(rescue.said)}>
      <header><div><h3>{said(rescue.said)}</h3><p className="meta">{said(rescue.place__label)}</p></div><b>{outcome}</b></header>
      <Course rescue={rescue} />
      {rescue.note && <p>{rescue.note}</p>}
      {board.may_look && <ReviewForm rescue={rescue} board={board} onDone={onDone} />}
      <Link className="desk-link" to={recordAddress(RESCUE, rescue.id)}>{t('open')}</Link>
    </article>
  )
}

/** Call, answer, arrival, end. */
function Course({ rescue }: { rescue: Rescue }) {
  const t = useTexts(alarmWords)
  const day = new Date(rescue.raised_at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(5)
  const moments: ['atCall' | 'atAnswer' | 'atThere' | 'atEnd', string | null][] = [['atCall', rescue.raised_at], ['atAnswer', rescue.answered_at], ['atThere', rescue.there_at], ['atEnd', rescue.ended_at]]
  return (
    <ol className="rescue-course num">
      <li>{day}</li>
      {moments.map(([word, moment]) => <li key={word} data-none={!moment || undefined}>{t(word)} {moment ? timeOf(moment) : '—'}</li>)}
      {rescue.ended_by && <li>{rescue.ended_by}</li>}
    </ol>
  )
}

function ReviewForm({ rescue, board, onDone }: { rescue: Rescue; board: Board; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const [open, setOpen] = useState(false)
  const [opinion, setOpinion] = useState('')
  const [outcome, setOutcome] = useState('')
  const outcomes = board.alarms.find(({ key }) => key === rescue.alarm)?.outcomes ?? []
  if (!open) return <span><Button onClick={() => setOpen(true)}>{t('review')}</Button></span>
  return (
    <form className="rescue-end" onSubmit={(event) => { event.preventDefault(); void review(rescue, opinion, outcome).then(onDone, tellFailed) }}>
      <label className="grow">{t('opinion')} <input className="native-select" required minLength={2} maxLength={2000} value={opinion} onChange={(event) => setOpinion(event.target.value)} /></label>
      <label>{t('putRight')} <select className="native-select" value={outcome} onChange={(event) => setOutcome(event.target.value)}>
        <option value="">{t('asSaid')}</option>
        {outcomes.map((one) => <option key={one.key} value={one.key}>{said(one.label)}</option>)}
      </select></label>
      <Button htmlType="submit" type="primary">{t('confirm')}</Button>
      <Button onClick={() => setOpen(false)}>{t('cancel')}</Button>
    </form>
  )
}

/** The answer to a link: written to the phone first, like everything; then it says what became of it. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Sheet } from '../data/slip'
import { useWaiting, Waiting } from '../mine/Waiting'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { useParcels } from '../outbox/useParcels'
import { Questions } from '../report/Questions'
import { missingIn, slipLane, slipParcel } from './answering'

const words = texts({
  send: ['提交', 'Send'], missing: ['请回答：{what}', 'Please answer: {what}'],
  optional: ['（可以不写）', '(optional)'], done: ['已经收到，谢谢您。', 'It was received. Thank you.'],
  refused: ['这部手机不让网页保存内容，暂时提交不了。请给社区打电话。', 'This phone does not let pages store anything. Please call the community.'],
})

export function SlipForm({ sheet, secret, again }: { sheet: Sheet; secret: string; again: () => void }) {
  const said = useSaid()
  const t = useTexts(words)
  const lane = slipLane(sheet.key, secret)
  const open = useWaiting('slip', lane, again)
  const sent = useParcels().filter((parcel) => parcel.lane === lane && parcel.state === 'sent').length
  const [before, setBefore] = useState<number | null>(null)
  const isReceived = before !== null && open.length === 0 && sent > before
  return (
    <>
      <Waiting parcels={open} />
      {isReceived && <p className="note" role="status"><b>{t('done')}</b></p>}
      {sheet.closed ? <p className="note" role="status">{said(sheet.closed)}</p> : open.length === 0 && <Form key={sent} sheet={sheet} secret={secret} onPut={() => setBefore(sent)} />}
    </>
  )
}

type Answers = Record<string, unknown>

function Form({ sheet, secret, onPut }: { sheet: Sheet; secret: string; onPut: () => void }) {
  const t = useTexts(words)
  const said = useSaid()
  const [answers, setAnswers] = useState<Answers>({})
  const [fault, setFault] = useState('')
  const send = async () => {
    const missing = missingIn(sheet, answers)
    setFault(missing ? t('missing', { what: missing }) : '')
    if (missing) return
    try {
      await put(slipParcel(sheet, secret, answers, said(sheet.title)))
    } catch {
      return setFault(t('refused'))
    }
    onPut()
    sendNow()
  }
  return (
    <form className="card work-form" noValidate aria-label={said(sheet.label)} onSubmit={(event) => { event.preventDefault(); void send() }}>
      {Object.entries(sheet.form.properties ?? {}).map(([name, question]) => (question['x-hexi-widget'] === 'textarea' ? (
        <label key={name} className="field">{question.title} {!sheet.form.required?.includes(name) && <span>{t('optional')}</span>}
          <textarea rows={3} maxLength={question.maxLength ?? 1000} value={String(answers[name] ?? '')} onChange={(event) => setAnswers({ ...answers, [name]: event.target.value })} />
        </label>
      ) : (
        <Questions key={name} schema={{ properties: { [name]: question }, required: sheet.form.required ?? [] }} answers={answers} onAnswers={setAnswers} />
      )))}
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="submit" className="button primary wide big">{t('send')}</button>
    </form>
  )
}

/** One act on a card: at once where it asks nothing, else with its questions, photos and reason. It goes through the outbox. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Act, Card } from '../data/work'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { Dictate } from '../parts/Dictate'
import { Photos, type TakenPhoto } from '../parts/Photos'
import { Questions } from '../report/Questions'
import type { Worker } from './account'
import { actParcel } from './acting'
import { fieldsOf } from './fields'
import { PhotoCheck } from './PhotoCheck'
import { pointOf } from './route'

const words = texts({
  reason: ['理由', 'Reason'], send: ['提交', 'Send'], cancel: ['先不办', 'Not now'], optional: ['（可以不写）', '(optional)'],
  missing: ['请填写：{what}', 'Please fill in: {what}'],
})
const MOST = 6
interface Props { card: Card; act: Act; worker: Worker; open: boolean; onOpen: (open: boolean) => void }

export function ActForm({ card, act, worker, open, onOpen }: Props) {
  const said = useSaid()
  const asks = act.needs_reason || fieldsOf(act).some((field) => field.kind !== 'hidden')
  const label = said(act.label)
  const send = async (values: Record<string, unknown>, why: string, photos: Record<string, TakenPhoto[]>) => {
    await put(actParcel(card, act, { values, why, photos }, worker.id, label))
    onOpen(false)
    sendNow()
  }
  const press = () => (asks ? onOpen(true) : void send({}, '', {}))
  if (!open) return <button type="button" className={act.primary ? 'button primary wide big' : 'button wide'} onClick={press}>{label}</button>
  return <Form act={act} label={label} card={card} onSend={send} onClose={() => onOpen(false)} />
}

interface FormProps { act: Act; label: string; card: Card; onSend: (values: Record<string, unknown>, why: string, photos: Record<string, TakenPhoto[]>) => Promise<void>; onClose: () => void }

function Form({ act, label, card, onSend, onClose }: FormProps) {
  const t = useTexts(words)
  const fields = fieldsOf(act)
  const [values, setValues] = useState<Record<string, unknown>>({})
  const [photos, setPhotos] = useState<Record<string, TakenPhoto[]>>({})
  const [why, setWhy] = useState('')
  const [fault, setFault] = useState('')
  const plain = Object.fromEntries(fields.filter(({ kind }) => kind === 'plain').map(({ name, question }) => [name, question]))
  const send = () => {
    const open = fields.find(({ name, needed, kind }) => needed && kind !== 'photos' && (values[name] === undefined || values[name] === ''))
    const missing = open?.question.title ?? (act.needs_reason && why.trim().length < 2 ? t('reason') : '')
    setFault(missing && t('missing', { what: missing }))
    if (!missing) void onSend(values, why.trim(), photos)
  }
  return (
    <form className="card work-form" noValidate aria-label={label} onSubmit={(event) => { event.preventDefault(); send() }}>
      <h3>{label}</h3>
      {fields.filter(({ kind }) => kind === 'long').map(({ name, question, needed }) => (
        <Long key={name} label={question.title ?? name} needed={needed} value={String(values[name] ?? '')} onValue={(text) => setValues({ ...values, [name]: text })} />
      ))}
      <Questions schema={{ properties: plain, required: act.form?.required ?? [] }} answers={values} onAnswers={setValues} />
      {fields.filter(({ kind }) => kind === 'photos').map(({ name, question }) => (
        <fieldset key={name} className="options"><legend>{question.title}</legend>
          <Photos photos={photos[name] ?? []} most={MOST} onPhotos={(some) => setPhotos({ ...photos, [name]: some })} />
          <PhotoCheck photos={photos[name] ?? []} at={pointOf(card)} />
        </fieldset>
      ))}
      {act.needs_reason && <Long label={t('reason')} needed value={why} onValue={setWhy} />}
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="submit" className="button primary wide">{t('send')}</button>
      <button type="button" className="button wide" onClick={onClose}>{t('cancel')}</button>
    </form>
  )
}

function Long({ label, needed, value, onValue }: { label: string; needed: boolean; value: string; onValue: (text: string) => void }) {
  const t = useTexts(words)
  return (
    <>
      <label className="field">{label} {!needed && <span>{t('optional')}</span>}<textarea rows={3} maxLength={2000} value={value} onChange={(event) => onValue(event.target.value)} /></label>
      <Dictate onWords={(heard) => onValue([value, heard].filter(Boolean).join('，'))} />
    </>
  )
}

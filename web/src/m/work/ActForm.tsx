/** One act on a card or at a stop: at once where it asks nothing, else with its questions, photos and reason. It goes through the outbox. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { headed, joined } from '../../shared/joined'
import type { Act } from '../data/work'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { Dictate } from '../parts/Dictate'
import { Photos, type TakenPhoto } from '../parts/Photos'
import { Questions } from '../report/Questions'
import type { Worker } from './account'
import { actParcel, type Target } from './acting'
import { fieldsOf, isAsked, writtenNow, type Field } from './fields'
import { PhotoCheck } from './PhotoCheck'

const words = texts({
  reason: ['理由', 'Reason'], send: ['提交', 'Send'], cancel: ['先不办', 'Not now'], optional: ['（可以不写）', '(optional)'],
  missing: ['请填写：{what}', 'Please fill in: {what}'],
})
const MOST = 6
interface Props { target: Target; act: Act; worker: Worker; open: boolean; onOpen: (open: boolean) => void }
type Taken = Record<string, TakenPhoto[]>
type Values = Record<string, unknown>

export function ActForm({ target, act, worker, open, onOpen }: Props) {
  const said = useSaid()
  const asks = act.needs_reason || fieldsOf(act).some(isAsked)
  const label = headed(said(act.label))
  const send = async (values: Values, why: string, photos: Taken) => {
    await put(actParcel(target, act, { values, why, photos }, worker.id, label))
    onOpen(false)
    sendNow()
  }
  const press = () => (asks ? onOpen(true) : void send(writtenNow(fieldsOf(act)), '', {}))
  if (!open) return <button type="button" className={act.primary ? 'button primary wide big' : 'button wide'} onClick={press}>{label}</button>
  return <Form act={act} label={label} target={target} onSend={send} onClose={() => onOpen(false)} />
}

interface FormProps { act: Act; label: string; target: Target; onSend: (values: Values, why: string, photos: Taken) => Promise<void>; onClose: () => void }

function Form({ act, label, target, onSend, onClose }: FormProps) {
  const t = useTexts(words)
  const fields = fieldsOf(act)
  const [values, setValues] = useState<Values>({})
  const [photos, setPhotos] = useState<Taken>({})
  const [why, setWhy] = useState('')
  const [fault, setFault] = useState('')
  const send = () => {
    const open = fields.find(({ name, needed, kind }) => needed && kind !== 'photos' && (values[name] === undefined || values[name] === ''))
    const missing = open?.question.title ?? (act.needs_reason && why.trim().length < 2 ? t('reason') : '')
    setFault(missing && t('missing', { what: missing }))
    if (!missing) void onSend({ ...values, ...writtenNow(fields) }, why.trim(), photos)
  }
  return (
    <form className="card work-form" noValidate aria-label={label} onSubmit={(event) => { event.preventDefault(); send() }}>
      <h3>{label}</h3>
      {fields.filter(isAsked).map((field) => (
        <OneField key={field.name} field={field} value={values[field.name]} onValue={(value) => setValues((all) => ({ ...all, [field.name]: value }))}
          photos={photos[field.name] ?? []} onPhotos={(some) => setPhotos({ ...photos, [field.name]: some })} at={target.at} />
      ))}
      {act.needs_reason && <Long label={t('reason')} needed value={why} onValue={setWhy} />}
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="submit" className="button primary wide">{t('send')}</button>
      <button type="button" className="button wide" onClick={onClose}>{t('cancel')}</button>
    </form>
  )
}

interface FieldProps { field: Field; value: unknown; onValue: (value: unknown) => void; photos: TakenPhoto[]; onPhotos: (photos: TakenPhoto[]) => void; at: Target['at'] }

function OneField({ field: { name, question, needed, kind }, value, onValue, photos, onPhotos, at }: FieldProps) {
  if (kind === 'long') return <Long label={headed(question.title ?? name)} needed={needed} value={String(value ?? '')} onValue={onValue} />
  if (kind === 'photos') {
    return (
      <fieldset className="options"><legend>{question.title}</legend>
        <Photos photos={photos} most={MOST} onPhotos={onPhotos} />
        <PhotoCheck photos={photos} at={at} />
      </fieldset>
    )
  }
  return <Questions schema={{ properties: { [name]: question }, required: needed ? [name] : [] }} answers={{ [name]: value }} onAnswers={(answers) => onValue(answers[name])} />
}

function Long({ label, needed, value, onValue }: { label: string; needed: boolean; value: string; onValue: (text: string) => void }) {
  const t = useTexts(words)
  return (
    <>
      <label className="field">{label} {!needed && <span>{t('optional')}</span>}<textarea rows={3} maxLength={2000} value={value} onChange={(event) => onValue(event.target.value)} /></label>
      <Dictate onWords={(heard) => onValue(joined('comma', [value, heard]))} />
    </>
  )
}

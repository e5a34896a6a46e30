import { Button, Input, Modal } from 'antd'
import { lazy, Suspense, useId, useMemo, useState } from 'react'
import type { RJSFSchema } from '@rjsf/utils'
import { api, Problem, type FieldProblem } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { tell } from '../parts/notice'
import { useLabel } from '../labels'
import { fieldsOf, oneGroup } from '../form/schema'
import { begunLabels, begunWith, suggestedFor } from '../form/suggested'
import { recordPath, useForget } from '../records'
import { sentenceOf } from '../shell/Problems'
import { titleOf } from '../titles'
import { deskWords } from '../words'
import type { Action, Field, Model, RecordAnswer, Saved, Values } from '../wire'
import { isLink, SharedLink } from './SharedLink'
import { recordWords } from './words'
import '../form/form.css'

const SchemaForm = lazy(() => import('../form/SchemaForm'))

interface ActionOf {
  model: Model
  /** The record that is acted on; none where the action begins something new. */
  answer?: RecordAnswer | undefined
  action: Action
  /** Answers that are known before anybody asks, and what to call the records among them. */
  start?: Values
  labels?: Record<string, string>
  onClose: () => void
  onSaved?: (saved: Saved) => void
}
const NONE = {}

/** Sending twice does no harm: the server knows the attempt by this id. */
const attemptId = (): string => (globalThis.isSecureContext ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`)

function useSending({ model, answer, action, onClose, onSaved }: ActionOf) {
  const t = useTexts(recordWords)
  const said = useLabel()
  const forget = useForget()
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [refusal, setRefusal] = useState('')
  const [once, setOnce] = useState<Saved['once']>()
  const client = useMemo(attemptId, [])

  const refuse = (error: unknown) => {
    const onFields = error instanceof Problem ? error.errors : []
    setProblems(onFields)
    setRefusal(onFields.length ? '' : sentenceOf(error))
    if (error instanceof Problem && error.status === 409) void forget(model.name)
  }
  const send = async (values: Values, why: string) => {
    setBusy(true)
    setRefusal('')
    try {
      const saved = await api.post<Saved>(`${recordPath(model.name, answer?.record.id)}/actions/${action.id}`, {
        values,
        ...(answer && { version: answer.version }),
        why,
        client_id: client,
      })
      tell('done', t('done', { action: said(action.title) }))
      if (Object.keys(saved.once ?? {}).length) setOnce(saved.once)
      else onClose()
      onSaved?.(saved)
      await forget(model.name, ...(answer?.related ?? []).map((one) => one.entity))
    } catch (error) {
      refuse(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, problems, refusal, once, send }
}

function Reason({ id, value, wrong, onChange }: { id: string; value: string; wrong: string; onChange: (text: string) => void }) {
  const t = useTexts(recordWords)
  return (
    <div className="field" data-wrong={wrong ? true : undefined}>
      <label className="field-label" htmlFor={id}>
        <b className="needed" aria-hidden="true">
          *
        </b>
        {t('reason')}
      </label>
      <Input.TextArea
        id={id}
        value={value}
        rows={2}
        maxLength={500}
        aria-required
        aria-invalid={Boolean(wrong)}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      />
      <div id={`${id}-help`} className={wrong ? 'field-error' : 'field-help'}>
        {wrong || t('reasonHelp')}
      </div>
    </div>
  )
}

/** What the server tells this one time and never again, such as a new secret. */
function Once({ title, shown, onClose }: { title: string; shown: Record<string, string>; onClose: () => void }) {
  const t = useTexts(recordWords)
  const isHandedOver = Object.values(shown).every(isLink)
  const done = (
    <Button key="done" type="primary" onClick={onClose}>
      {t(isHandedOver ? 'linkDone' : 'onceDone')}
    </Button>
  )
  return (
    <Modal open title={title} onCancel={onClose} footer={[done]} maskClosable={false}>
      {isHandedOver || <p className="warning">{t('once')}</p>}
      {Object.entries(shown).map(([key, value]) =>
        isLink(value) ? (
          <SharedLink key={key} path={value} />
        ) : (
          <Input key={key} readOnly value={value} aria-label={key} onFocus={(event) => event.target.select()} />
        ),
      )}
    </Modal>
  )
}

/** One action on one record, or one that begins something: its questions, the reason where one is owed, and a plain word of warning where it counts. */
export default function ActionDialog(props: ActionOf) {
  const { model, answer, action, onClose } = props
  const t = useTexts(recordWords)
  const word = useTexts(deskWords)
  const said = useLabel()
  const id = useId().replace(/[^\w]/g, '')
  const { busy, problems, refusal, once, send } = useSending(props)
  const [why, setWhy] = useState('')
  const [asked, setAsked] = useState(false)
  const [isBegun, setBegun] = useState(false)
  const schema = action.fields_schema as RJSFSchema | null | undefined
  const fields = useMemo(() => (schema ? fieldsOf(schema, model.fields) : []), [schema, model.fields])
  const record = answer?.record ?? NONE
  const suggested = useMemo(() => suggestedFor(fields, record), [fields, record])
  const owed =
    asked && action.needs_reason && !why.trim() ? t('needReason') : (problems.find((problem) => problem.field === 'why')?.message ?? '')
  const labels = useMemo(() => ({ ...begunLabels(fields, answer), ...props.labels }), [fields, answer, props.labels])
  const submit = (values: Values) => {
    setAsked(true)
    if (!action.needs_reason || why.trim()) void send(values, why.trim())
  }
  const warning = action.confirm ? (action.confirm === true ? t('confirmHelp') : said(action.confirm)) : ''
  const form = `act${id}`
  const ok = fields.length ? { form, htmlType: 'submit' as const, onClick: () => setAsked(true) } : { onClick: () => submit({}) }
  if (once) return <Once title={said(action.title)} shown={once} onClose={onClose} />
  return (
    <Modal
      open
      title={said(action.title)}
      onCancel={onClose}
      // What was filled in is not lost by a key or a press beside the window.
      keyboard={!isBegun}
      mask={{ closable: !isBegun }}
      width={fields.length > 4 ? 680 : 520}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {word('cancel')}
        </Button>,
        <Button key="ok" type="primary" danger={Boolean(action.confirm) && !action.primary} loading={busy} {...ok}>
          {t('submit')}
        </Button>,
      ]}
    >
      {answer && <p className="meta dialog-subject">{titleOf(answer.record, model)}</p>}
      {warning && <p className="warning">{warning}</p>}
      {refusal && (
        <p className="refusal" role="alert">
          <Mark status="breach" />
          {refusal}
        </p>
      )}
      {schema && fields.length > 0 && (
        <Suspense fallback={<Skeleton lines={4} />}>
          <SchemaForm
            id={form}
            schema={schema}
            fields={fields}
            groups={oneGroup(fields)}
            start={startOf(props, fields)}
            labels={labels}
            suggested={suggested}
            record={record}
            problems={problems}
            onSubmit={submit}
            onDirty={() => setBegun(true)}
          />
        </Suspense>
      )}
      {action.needs_reason && <Reason id={`${form}why`} value={why} wrong={owed} onChange={setWhy} />}
    </Modal>
  )
}

/** A step of the life cycle begins with what the record already says; a question of another kind begins empty, or as it asks to. */
function startOf({ action, answer, model, start }: ActionOf, fields: Field[]): Values {
  if (!answer) return start ?? {}
  const own = new Set(model.fields.map((field) => field.key))
  const shared = action.to ? fields.filter((field) => own.has(field.key)) : []
  return { ...Object.fromEntries(shared.map(({ key }) => [key, answer.record[key]])), ...begunWith(fields, answer.record) }
}

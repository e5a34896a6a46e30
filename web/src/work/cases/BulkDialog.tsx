import { Button, Input, Modal } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { RJSFSchema } from '@rjsf/utils'
import { useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { fieldsOf, oneGroup } from '../form/schema'
import { useLabel } from '../labels'
import { recordWords } from '../record/words'
import { useForget } from '../records'
import { sentenceOf } from '../shell/Problems'
import type { Action, Model, Values } from '../wire'
import { deskWords } from '../words'
import { CASE } from './api'
import { doneToMany, inCommon, type Outcome, type Picked } from './bulk'
import { deskCaseWords } from './words'

const SchemaForm = lazy(() => import('../form/SchemaForm'))

interface BulkOf {
  model: Model
  picked: Picked[]
  onClose: (failed: Picked[]) => void
}

function Results({ outcomes, picked }: { outcomes: Outcome[]; picked: Picked[] }) {
  const t = useTexts(deskCaseWords)
  const done = outcomes.filter((one) => one.ok).length
  return (
    <div role="status">
      <p>{t('bulkDone', { done, failed: outcomes.length - done })}</p>
      <table className="plain-table">
        <caption className="sr-only">{t('bulkResult')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('result')}</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((one) => (
            <tr key={one.id}>
              <th scope="row" className="num">
                {picked.find((row) => String(row.id) === String(one.id))?.number ?? one.id}
              </th>
              <td>
                <Mark status={one.ok ? 'ok' : 'breach'} /> {one.ok ? t('doneRow') : one.error}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface AskOf {
  model: Model
  first: Picked | undefined
  actions: Action[]
  action: Action
  onAction: (action: Action) => void
  why: string
  onWhy: (why: string) => void
  onSubmit: (values: Values) => void
  asked: boolean
}

function Ask({ model, first, actions, action, onAction, why, onWhy, onSubmit, asked }: AskOf) {
  const t = useTexts(deskCaseWords)
  const record = useTexts(recordWords)
  const said = useLabel()
  const schema = action.fields_schema as RJSFSchema | null | undefined
  const fields = useMemo(() => (schema ? fieldsOf(schema, model.fields) : []), [schema, model.fields])
  const owed = asked && action.needs_reason && !why.trim()
  return (
    <>
      <div className="field">
        <label className="field-label" htmlFor="bulk-action">
          {t('bulkAction')}
        </label>
        <select
          id="bulk-action"
          className="native-select"
          value={action.id}
          onChange={(event) => onAction(actions.find((one) => one.id === event.target.value) ?? action)}
        >
          {actions.map((one) => (
            <option key={one.id} value={one.id}>
              {said(one.title)}
            </option>
          ))}
        </select>
      </div>
      {schema && fields.length > 0 && (
        <Suspense fallback={<Skeleton lines={4} />}>
          <SchemaForm
            key={action.id}
            id="bulk"
            schema={schema}
            fields={fields}
            groups={oneGroup(fields)}
            start={{}}
            {...(first ? { record: { ...first } } : {})}
            onSubmit={onSubmit}
          />
        </Suspense>
      )}
      {action.needs_reason && (
        <div className="field" data-wrong={owed || undefined}>
          <label className="field-label" htmlFor="bulk-why">
            {record('reason')}
          </label>
          <Input.TextArea id="bulk-why" rows={2} value={why} aria-invalid={owed} onChange={(event) => onWhy(event.target.value)} />
          {owed && <div className="field-error">{record('needReason')}</div>}
        </div>
      )}
    </>
  )
}

/** One action on the selected cases, and then what became of each. */
export default function BulkDialog({ model, picked, onClose }: BulkOf) {
  const t = useTexts(deskCaseWords)
  const word = useTexts(deskWords)
  const record = useTexts(recordWords)
  const forget = useForget()
  const actions = useMemo(() => inCommon(model, picked), [model, picked])
  const [action, setAction] = useState(() => actions.find((one) => one.primary) ?? actions[0])
  const [why, setWhy] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [outcomes, setOutcomes] = useState<Outcome[] | null>(null)
  const send = async (values: Values) => {
    setAsked(true)
    if (!action || (action.needs_reason && !why.trim())) return
    setBusy(true)
    try {
      setOutcomes(await doneToMany(picked, action.id, values, why.trim()))
      await forget(CASE)
    } catch (error) {
      setRefusal(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  const failed = () => picked.filter((row) => outcomes?.some((one) => String(one.id) === String(row.id) && !one.ok))
  const close = () => onClose(outcomes ? failed() : picked)
  const form = Boolean(action?.fields_schema && Object.keys((action.fields_schema as RJSFSchema).properties ?? {}).length)
  const ok = form ? { form: 'bulk', htmlType: 'submit' as const, onClick: () => setAsked(true) } : { onClick: () => void send({}) }
  const footer = outcomes || !action
    ? [<Button key="close" type="primary" onClick={close}>{word('close')}</Button>]
    : [
        <Button key="cancel" onClick={close}>{word('cancel')}</Button>,
        <Button key="ok" type="primary" loading={busy} {...ok}>{record('submit')}</Button>,
      ]
  return (
    <Modal open title={t('bulk')} onCancel={close} width={620} footer={footer}>
      {outcomes ? (
        <Results outcomes={outcomes} picked={picked} />
      ) : (
        <>
          <p className="meta">{t('bulkHelp', { count: picked.length })}</p>
          {refusal && <p className="refusal" role="alert"><Mark status="breach" />{refusal}</p>}
          {action ? (
            <Ask model={model} first={picked[0]} actions={actions} action={action} onAction={setAction} why={why} onWhy={setWhy} onSubmit={(values) => void send(values)} asked={asked} />
          ) : (
            <p>{t('bulkNone')}</p>
          )}
        </>
      )}
    </Modal>
  )
}

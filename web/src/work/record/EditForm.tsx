import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import type { RJSFSchema } from '@rjsf/utils'
import { api, Problem, type FieldProblem } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { groupedFields } from '../form/schema'
import SchemaForm from '../form/SchemaForm'
import { recordPath, useForget } from '../records'
import { sentenceOf } from '../shell/Problems'
import { isMasked } from '../values'
import { deskWords } from '../words'
import type { Field, Model, Present, RecordAnswer, Saved, Values } from '../wire'
import { Conflict } from './Conflict'
import { labelsOf } from './labels'
import { changedValues } from './merge'
import { useLeaveGuard } from './useLeaveGuard'
import { recordWords } from './words'

interface EditOf {
  model: Model
  answer: RecordAnswer
  onDone: () => void
}
interface Clashing {
  present: Present
  mine: Values
}

/** What this reader may change here: declared for the form, and not masked, since nobody corrects what they cannot see. */
export function editableFields(model: Model, answer: RecordAnswer): Field[] {
  const keys = new Set(groupedFields(model))
  return model.fields.filter((field) => keys.has(field.key) && field.kind !== 'document' && !isMasked(field, answer.record, answer.masked))
}

function useSaving({ model, answer, onDone }: EditOf) {
  const t = useTexts(recordWords)
  const forget = useForget()
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [refusal, setRefusal] = useState('')
  const [clash, setClash] = useState<Clashing | null>(null)

  const refuse = (error: unknown, mine: Values) => {
    if (!(error instanceof Problem)) throw error
    const present = error.status === 409 ? (error.body['present'] as Present | undefined) : undefined
    setClash(present ? { present, mine } : null)
    setProblems(error.errors)
    setRefusal(present || error.errors.length ? '' : sentenceOf(error))
  }
  const save = async (values: Values, version: number, why: string) => {
    if (!Object.keys(values).length) {
      tell('said', t('noChange'))
      onDone()
      return
    }
    setBusy(true)
    setRefusal('')
    try {
      await api.patch<Saved>(recordPath(model.name, answer.record.id), { values, version, why })
      tell('done', t('saved'))
      onDone()
      await forget(model.name)
    } catch (error) {
      refuse(error, values)
    } finally {
      setBusy(false)
    }
  }
  return { busy, problems, refusal, clash, save, setClash }
}

/** Changes a record. Only what was changed is sent, with the version that was read. */
export default function EditForm(props: EditOf) {
  const { model, answer, onDone } = props
  const t = useTexts(recordWords)
  const word = useTexts(deskWords)
  const [opened] = useState(answer)
  const [why, setWhy] = useState('')
  const [dirty, setDirty] = useState(false)
  const leaveGuard = useLeaveGuard(dirty)
  const { busy, problems, refusal, clash, save, setClash } = useSaving(props)
  const fields = useMemo(() => editableFields(model, opened), [model, opened])
  const labels = useMemo(() => labelsOf(opened.record, fields), [opened, fields])
  const keys = fields.map((field) => field.key)
  const submit = (values: Values) =>
    void save(changedValues(opened.record, { ...opened.record, ...values }, keys), opened.version, why.trim())
  const form = `edit-${opened.record.id}`
  if (clash) {
    return (
      <Conflict
        model={model}
        fields={fields}
        before={opened.record}
        mine={clash.mine}
        present={clash.present}
        dict={opened.dict}
        busy={busy}
        onSave={(values) => void save(values, clash.present.version, why.trim())}
        onBack={() => setClash(null)}
        onDone={onDone}
      />
    )
  }
  return (
    <div className="edit">
      {leaveGuard}
      {refusal && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <SchemaForm
        id={form}
        schema={model.schema as RJSFSchema}
        fields={fields}
        groups={model.ui.form.groups}
        start={opened.record}
        labels={labels}
        problems={problems}
        onSubmit={submit}
        onDirty={() => setDirty(true)}
      />
      <div className="field">
        <label className="field-label" htmlFor={`${form}-why`}>
          {t('reasonEdit')}
        </label>
        <Input
          id={`${form}-why`}
          value={why}
          maxLength={500}
          aria-describedby={`${form}-why-help`}
          onChange={(event) => setWhy(event.target.value)}
        />
        <div id={`${form}-why-help`} className="field-help">
          {t('reasonEditHelp')}
        </div>
      </div>
      <div className="action-bar">
        <Button type="primary" form={form} htmlType="submit" loading={busy}>
          {word('save')}
        </Button>
        <Button onClick={onDone}>{word('cancel')}</Button>
      </div>
    </div>
  )
}

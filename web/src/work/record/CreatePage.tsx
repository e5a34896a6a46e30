import { Button } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { RJSFSchema } from '@rjsf/utils'
import { api, Problem, type FieldProblem } from '../../shared/api'
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { tell } from '../parts/notice'
import { groupedFields } from '../form/schema'
import { listWords } from '../list/words'
import { listPath, recordAddress } from '../paths'
import { recordPath, useForget, useModel } from '../records'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage, sentenceOf } from '../shell/Problems'
import type { Model, Saved, Values } from '../wire'
import { deskWords } from '../words'
import './record.css'
import { useLeaveGuard } from './useLeaveGuard'
import { recordWords } from './words'

const SchemaForm = lazy(() => import('../form/SchemaForm'))

function useCreating(model: Model, client: string, onSaved: () => void) {
  const t = useTexts(recordWords)
  const go = useNavigate()
  const forget = useForget()
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [refusal, setRefusal] = useState('')
  const save = async (values: Values) => {
    setBusy(true)
    setRefusal('')
    try {
      const saved = await api.post<Saved>(recordPath(model.name), { values, client_id: client })
      onSaved()
      tell('done', t('created'))
      void forget(model.name)
      void go(recordAddress(model.name, saved.record.id), { replace: true })
    } catch (error) {
      setProblems(error instanceof Problem ? error.errors : [])
      setRefusal(error instanceof Problem && error.errors.length ? '' : sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, problems, refusal, save }
}

/** Values that a link brings along (`?group=7`): a new record begun from the one it belongs to. */
function startFrom(params: URLSearchParams, model: Model): Values {
  const known = model.fields.filter((field) => params.has(field.key))
  return Object.fromEntries(
    known.map((field) => [field.key, field.kind === 'reference' ? Number(params.get(field.key)) : params.get(field.key)]),
  )
}

function CreateForm({ model }: { model: Model }) {
  const word = useTexts(deskWords)
  const go = useNavigate()
  const [params] = useSearchParams()
  const [dirty, setDirty] = useState(false)
  const [client] = useState(() => `${Date.now()}-${Math.random().toString(36).slice(2)}`)
  const leaveGuard = useLeaveGuard(dirty)
  const { busy, problems, refusal, save } = useCreating(model, client, () => setDirty(false))
  const fields = useMemo(() => {
    const keys = new Set(groupedFields(model))
    return model.fields.filter((field) => keys.has(field.key) && field.kind !== 'document')
  }, [model])
  const start = useMemo(() => startFrom(params, model), [params, model])
  return (
    <div className="card create">
      {leaveGuard}
      {refusal && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <Suspense fallback={<Skeleton lines={8} />}>
        <SchemaForm
          id="create"
          schema={model.schema as RJSFSchema}
          fields={fields}
          groups={model.ui.form.groups}
          start={start}
          problems={problems}
          onSubmit={(values) => void save(values)}
          onDirty={() => setDirty(true)}
        />
      </Suspense>
      <div className="action-bar">
        <Button type="primary" form="create" htmlType="submit" loading={busy}>
          {word('save')}
        </Button>
        <Button onClick={() => void go(listPath(model.name))}>{word('cancel')}</Button>
      </div>
    </div>
  )
}

export default function CreatePage() {
  const { entity = '' } = useParams()
  const t = useTexts(listWords)
  const said = useSaid()
  const model = useModel(entity)
  if (model.isPending)
    return (
      <div className="page">
        <Skeleton lines={8} />
      </div>
    )
  if (model.isError)
    return (
      <div className="page">
        <ProblemPage error={model.error} again={() => void model.refetch()} />
      </div>
    )
  const label = said(model.data.label)
  return (
    <div className="page narrow">
      <Crumbs path={[{ label, to: listPath(entity) }, { label: t('create', { label }) }]} />
      <h1>{t('create', { label })}</h1>
      <CreateForm model={model.data} />
    </div>
  )
}

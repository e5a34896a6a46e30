/** An import, step by step: a file, its columns, what would happen, what happened. */
import { useState } from 'react'
import { useParams } from 'react-router'
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { listPath } from '../paths'
import { useForget, useModel } from '../records'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage, sentenceOf } from '../shell/Problems'
import type { Field, ImportMode, ImportPreview, ImportResult, ImportUpload, Model } from '../wire'
import { commit, preview } from './api'
import './imports.css'
import { proposed, STEPS, type Mapping, type Step } from './mapping'
import { MatchStep } from './MatchStep'
import { PreviewStep } from './PreviewStep'
import { ResultStep } from './ResultStep'
import { UploadStep } from './UploadStep'
import { importWords } from './words'

interface Progress {
  step: Step
  read?: ImportUpload
  mapping: Mapping
  found?: ImportPreview
  result?: ImportResult
}

const importable = (model: Model): Field[] =>
  model.fields.filter((field) => field.kind !== 'document' && field.kind !== 'file' && !field.fixed)

function useWizard(model: Model) {
  const forget = useForget()
  const [progress, setProgress] = useState<Progress>({ step: 'upload', mapping: {} })
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState('')
  const show = (next: Partial<Progress>) => {
    setRefused('')
    setProgress({ ...progress, ...next })
  }
  const tried = async (work: () => Promise<Partial<Progress>>) => {
    setBusy(true)
    try {
      show(await work())
    } catch (error) {
      setRefused(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  const id = progress.read?.id ?? ''
  const check = () => tried(async () => ({ step: 'preview', found: await preview(id, progress.mapping) }))
  const send = (mode: ImportMode) =>
    tried(async () => {
      const result = await commit(id, progress.mapping, mode)
      void forget(model.name)
      return { step: 'result', result }
    })
  return { progress, busy, refused, show, check, send }
}

function StepNames({ at }: { at: Step }) {
  const t = useTexts(importWords)
  return (
    <ol className="wizard-steps" aria-label={t('steps')}>
      {STEPS.map((step) => (
        <li key={step} aria-current={step === at ? 'step' : undefined}>
          {t(step)}
        </li>
      ))}
    </ol>
  )
}

function Wizard({ model }: { model: Model }) {
  const said = useSaid()
  const { progress, busy, refused, show, check, send } = useWizard(model)
  const { step, read, mapping, found, result } = progress
  const fields = importable(model)
  return (
    <>
      <StepNames at={step} />
      <section className="card wizard">
        <div role="alert">{refused && <p className="error-text">{refused}</p>}</div>
        {step === 'upload' && (
          <UploadStep entity={model.name} onRead={(next) => show({ step: 'match', read: next, mapping: proposed(next.columns) })} />
        )}
        {step === 'match' && read && (
          <MatchStep
            read={read}
            fields={fields}
            mapping={mapping}
            busy={busy}
            onChange={(next) => show({ mapping: next })}
            onCheck={() => void check()}
            onBack={() => show({ step: 'upload' })}
          />
        )}
        {step === 'preview' && found && (
          <PreviewStep
            found={found}
            fields={fields}
            busy={busy}
            onCommit={(mode) => void send(mode)}
            onBack={() => show({ step: 'match' })}
          />
        )}
        {step === 'result' && result && (
          <ResultStep result={result} entity={model.name} label={said(model.label)} onAgain={() => show({ step: 'upload' })} />
        )}
      </section>
    </>
  )
}

export default function ImportPage() {
  const { entity = '' } = useParams()
  const t = useTexts(importWords)
  const said = useSaid()
  const model = useModel(entity)
  if (model.isPending)
    return (
      <div className="page">
        <Skeleton lines={6} />
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
    <div className="page wizard-page">
      <Crumbs path={[{ label, to: listPath(entity) }, { label: t('title', { label }) }]} />
      <h1>{t('title', { label })}</h1>
      <Wizard model={model.data} />
    </div>
  )
}

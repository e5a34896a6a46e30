/** The steps of an import, from a file or from where it was left. */
import { useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { useForget } from '../records'
import { sentenceOf } from '../shell/Problems'
import type { ImportMode, ImportPreview, ImportResult, ImportUpload, Model } from '../wire'
import { chooseSheet, commit, preview } from './api'
import { proposed, STEPS, type Answers, type Mapping, type Step } from './mapping'
import { MatchStep } from './MatchStep'
import { PreviewStep } from './PreviewStep'
import { ResultStep } from './ResultStep'
import { UploadStep } from './UploadStep'
import { importWords } from './words'

interface Progress {
  step: Step
  read?: ImportUpload
  mapping: Mapping
  answers: Answers
  found?: ImportPreview
  result?: ImportResult
}

const begun = (read: ImportUpload): Progress => ({ step: 'match', read, mapping: proposed(read.columns), answers: read.answers ?? {} })

function useWizard(model: Model, start: ImportUpload | undefined) {
  const forget = useForget()
  const [progress, setProgress] = useState<Progress>(() => (start ? begun(start) : { step: 'upload', mapping: {}, answers: {} }))
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
  const check = (answers: Answers) => tried(async () => ({ step: 'preview', answers, found: await preview(id, progress.mapping, answers) }))
  const read = (sheet: string) => tried(async () => begun(await chooseSheet(id, sheet)))
  const send = (mode: ImportMode) =>
    tried(async () => {
      const result = await commit(id, { mapping: progress.mapping, answers: progress.answers, mode })
      void forget(model.name)
      return { step: 'result', result }
    })
  return { progress, busy, refused, show, check, read, send }
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

export function Wizard({ model, start }: { model: Model; start?: ImportUpload }) {
  const said = useSaid()
  const { progress, busy, refused, show, check, read: readSheet, send } = useWizard(model, start)
  const { step, read, mapping, answers, found, result } = progress
  return (
    <>
      <StepNames at={step} />
      <section className="card wizard">
        <div role="alert">{refused && <p className="error-text">{refused}</p>}</div>
        {step === 'upload' && <UploadStep entity={model.name} onRead={(next) => show(begun(next))} />}
        {step === 'match' && read && (
          <MatchStep
            read={read}
            fields={read.fields}
            mapping={mapping}
            busy={busy}
            onChange={(next) => show({ mapping: next })}
            onSheet={(sheet) => void readSheet(sheet)}
            onCheck={() => void check(answers)}
            onBack={() => show({ step: 'upload' })}
          />
        )}
        {step === 'preview' && found && (
          <PreviewStep
            found={found}
            fields={model.fields}
            busy={busy}
            onAnswer={(given) => void check(given)}
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

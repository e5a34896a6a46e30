/** One question of the report: its words, the answer, and the ways on and back. */
import type { ReactNode } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { ReadAloud } from '../parts/ReadAloud'
import { keepStep, STEPS, useReport, type Step as StepKey } from './draft'

const words = texts({ count: ['第 {n} 步，共 {all} 步', 'Step {n} of {all}'], back: ['上一步', 'Back'], next: ['下一步', 'Continue'] })

export const stepAfter = (step: StepKey, by: 1 | -1 = 1): StepKey => STEPS[STEPS.indexOf(step) + by] ?? step

/** Shows another step from its top, with the focus where a reader begins. */
export async function goStep(step: StepKey): Promise<void> {
  await keepStep(step)
  const main = document.getElementById('main')
  if (main) main.scrollTop = 0
  requestAnimationFrame(() => document.getElementById('step-title')?.focus())
}

interface Props { title: string; help?: string; fault?: string; next?: string; onNext?: () => void; backTo?: StepKey; quiet?: boolean; children: ReactNode }

export function Step({ title, help = '', fault = '', next, onNext, backTo, quiet = false, children }: Props) {
  const t = useTexts(words)
  const step = useReport((report) => report.step)
  const number = STEPS.indexOf(step) + 1
  return (
    <form className="step" noValidate onSubmit={(event) => { event.preventDefault(); onNext?.() }}>
      <div className="step-head">
        <p className="hint">{t('count', { n: number, all: STEPS.length })}</p>
        <h2 id="step-title" tabIndex={-1}>{title}</h2>
        {help && <p>{help}</p>}
        <ReadAloud text={joined('stop', [title, help])} />
      </div>
      {children}
      {fault && <p id="fault" className="fault" role="alert">{fault}</p>}
      <div className="step-ways">
        {onNext && <button type="submit" className={quiet ? 'button wide' : 'button primary wide'}>{next ?? t('next')}</button>}
        {number > 1 && <button type="button" className="button wide" onClick={() => void goStep(backTo ?? stepAfter(step, -1))}>{t('back')}</button>}
      </div>
    </form>
  )
}

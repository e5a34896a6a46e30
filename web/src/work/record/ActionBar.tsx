import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useLang, useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import type { Action, Model, RecordAnswer } from '../wire'
import { recordWords } from './words'

const ActionDialog = lazy(() => import('./ActionDialog'))

/** The usual next step where somebody else takes it, so that nobody looks for a button that is not theirs. */
function NextStep({ answer }: { answer: RecordAnswer }) {
  const t = useTexts(recordWords)
  const said = useLabel()
  const lang = useLang()
  const next = answer.next_step
  if (!next) return null
  const by = next.by.map((role) => said(role)).join(lang === 'zh' ? '、' : ', ')
  return <span className="meta">{t('nextStep', { step: said(next.label), by })}</span>
}

/** What this reader may do with this record now: the server says which, the usual next one first. `within`: on the page of another. */
export function ActionBar({ model, answer, within = false }: { model: Model; answer: RecordAnswer; within?: boolean }) {
  const t = useTexts(recordWords)
  const said = useLabel()
  const [open, setOpen] = useState<Action | null>(null)
  const actions = answer.allowed_actions.flatMap((id) => model.actions.find((action) => action.id === id) ?? [])
  if (!model.actions.length) return null
  const firstPrimary = actions.find((action) => action.primary)
  return (
    <div className={within ? 'action-row' : 'action-bar'} role="group" aria-label={t('actions')}>
      {!firstPrimary && <NextStep answer={answer} />}
      {!actions.length && !answer.next_step && <span className="meta">{t('noActions')}</span>}
      {actions.map((action) => (
        <Button
          key={action.id}
          type={action === firstPrimary ? 'primary' : 'default'}
          danger={Boolean(action.confirm) && !action.primary}
          onClick={() => setOpen(action)}
        >
          {said(action.title)}
        </Button>
      ))}
      {open && (
        <Suspense fallback={null}>
          <ActionDialog model={model} answer={answer} action={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  )
}

import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import type { Action, Model, RecordAnswer } from '../wire'
import { recordWords } from './words'

const ActionDialog = lazy(() => import('./ActionDialog'))

/** What this reader may do with this record now: the server says which, the usual next one first. */
export function ActionBar({ model, answer }: { model: Model; answer: RecordAnswer }) {
  const t = useTexts(recordWords)
  const said = useLabel()
  const [open, setOpen] = useState<Action | null>(null)
  const actions = answer.allowed_actions.flatMap((id) => model.actions.find((action) => action.id === id) ?? [])
  if (!model.actions.length) return null
  const firstPrimary = actions.find((action) => action.primary)
  return (
    <div className="action-bar" role="group" aria-label={t('actions')}>
      {!actions.length && <span className="meta">{t('noActions')}</span>}
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

import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useLabel } from '../labels'
import { useModel, useRecord } from '../records'
import type { Action, Id } from '../wire'
import { REPORT } from './api'

const ActionDialog = lazy(() => import('../record/ActionDialog'))

/** Publishing and revising: the actions of the report's record, as the server allows them to this reader. */
export function Deeds({ report }: { report: Id }) {
  const said = useLabel()
  const model = useModel(REPORT).data
  const answer = useRecord(REPORT, report).data
  const [open, setOpen] = useState<Action | null>(null)
  if (!model || !answer) return null
  const actions = answer.allowed_actions.flatMap((id) => model.actions.find((action) => action.id === id) ?? [])
  return (
    <>
      {actions.map((action) => (
        <Button key={action.id} type={action.primary ? 'primary' : 'default'} onClick={() => setOpen(action)}>
          {said(action.title)}
        </Button>
      ))}
      {open && (
        <Suspense fallback={null}>
          <ActionDialog model={model} answer={answer} action={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  )
}

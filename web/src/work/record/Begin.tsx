import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import { useLabel } from '../labels'
import { recordAddress } from '../paths'
import { useKey } from '../shell/shortcuts'
import type { Action, Model, Saved } from '../wire'

const ActionDialog = lazy(() => import('./ActionDialog'))

/** What this reader may begin in this register, the usual one first; what came of it is opened where they may read it. */
export function Begin({ model }: { model: Model }) {
  const said = useLabel()
  const go = useNavigate()
  const [open, setOpen] = useState<Action | null>(null)
  const actions = (model.begins ?? []).flatMap((id) => model.actions.find((action) => action.id === id && action.creates) ?? [])
  const [first] = actions
  useKey('n', first && !model.may.create ? () => setOpen(first) : undefined)
  const show = ({ entity, record }: Saved) => {
    if (entity && Object.keys(record).length > 1) void go(recordAddress(entity, record.id))
  }
  return (
    <>
      {actions.map((action) => (
        <Button key={action.id} type={action === first && !model.may.create ? 'primary' : 'default'} onClick={() => setOpen(action)}>
          {said(action.title)}
        </Button>
      ))}
      {open && (
        <Suspense fallback={null}>
          <ActionDialog model={model} action={open} onClose={() => setOpen(null)} onDone={show} />
        </Suspense>
      )}
    </>
  )
}

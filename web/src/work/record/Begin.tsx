/** What begins with questions of its own, such as a booking: offered beside its register, and on the record that it is for. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import { useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import { Pop } from '../parts/Pop'
import { recordAddress } from '../paths'
import { useModel } from '../records'
import { useKey } from '../shell/shortcuts'
import type { Begun, Id, Model, Saved, Values } from '../wire'
import { recordWords } from './words'

const ActionDialog = lazy(() => import('./ActionDialog'))

/** More than so many lie under one button. */
const SIDE_BY_SIDE = 2

interface Asked {
  entity: string
  action: string
  start?: Values
  labels?: Record<string, string>
}

/** The questions; what came of them is opened, where the reader may see it. */
function Beginning({ entity, action, start = {}, labels = {}, onClose }: Asked & { onClose: () => void }) {
  const model = useModel(entity).data
  const go = useNavigate()
  const asked = model?.actions.find((one) => one.id === action)
  const open = (saved: Saved) => {
    const isRead = Object.keys(saved.record).length > 1
    if (isRead && !Object.keys(saved.once ?? {}).length) void go(recordAddress(saved.entity || entity, saved.record.id))
  }
  if (!model || !asked) return null
  return (
    <Suspense fallback={null}>
      <ActionDialog model={model} action={asked} start={start} labels={labels} onSaved={open} onClose={onClose} />
    </Suspense>
  )
}

interface Offered extends Asked {
  title: string
  primary?: boolean
}

function Offers({ offered, name, onChoose }: { offered: Offered[]; name: string; onChoose: (one: Offered) => void }) {
  return (
    <Pop label={name} name={name} icon={<PlusOutlined />}>
      {(close) => (
        <ul className="pop-list">
          {offered.map((one) => (
            <li key={`${one.entity} ${one.action}`}>
              <button
                type="button"
                className="plain"
                onClick={() => {
                  close()
                  onChoose(one)
                }}
              >
                {one.title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Pop>
  )
}

/** Beside a register: what may be begun in it. */
export function BeginHere({ model }: { model: Model }) {
  const said = useLabel()
  const t = useTexts(recordWords)
  const [chosen, setChosen] = useState<Offered | null>(null)
  const offered = (model.begins ?? []).flatMap((id) => model.actions.filter((action) => action.id === id)).map((action) => (
    { entity: model.name, action: action.id, title: said(action.title), primary: Boolean(action.primary) }
  ))
  const [first] = offered
  useKey('n', first && !model.may.create ? () => setChosen(first) : undefined)
  return (
    <>
      {offered.length > SIDE_BY_SIDE ? (
        <Offers offered={offered} name={t('begin')} onChoose={setChosen} />
      ) : (
        offered.map((one, place) => (
          <Button key={one.action} type={place === 0 && !model.may.create ? 'primary' : 'default'} onClick={() => setChosen(one)}>
            {one.title}
          </Button>
        ))
      )}
      {chosen && <Beginning {...chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

/** On a record: what may be begun for it, so that nobody looks up in another register what lies open here. */
export function BeginFor({ begins, id, title }: { begins: Begun[]; id: Id; title: string }) {
  const said = useLabel()
  const t = useTexts(recordWords)
  const [chosen, setChosen] = useState<Offered | null>(null)
  const offered = begins.map(({ entity, action, question, title: label }) => (
    { entity, action, title: said(label), start: { [question]: id }, labels: { [question]: title } }
  ))
  if (!offered.length) return null
  return (
    <>
      <Offers offered={offered} name={t('beginFor')} onChoose={setChosen} />
      {chosen && <Beginning {...chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

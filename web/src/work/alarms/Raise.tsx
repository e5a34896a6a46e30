/** An alarm that somebody told the desk of, or a test: the person is found by name or address. */
import { Button, Modal } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { Choose } from '../form/Choose'
import { emptyQuery } from '../list/query'
import { useModel, useRows } from '../records'
import { titleOf } from '../titles'
import type { Id, Model, Values } from '../wire'
import { raise, type Board, type Kind } from './api'
import { tellFailed } from './told'
import { alarmWords } from './words'

const FOUND = 20
type Open = 'raise' | 'test'

export function Raise({ board, onDone }: { board: Board; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const [open, setOpen] = useState<Open | null>(null)
  if (!board.alarms.length || !board.may_act) return null
  return (
    <span className="row">
      <Button onClick={() => setOpen('test')}>{t('testCall')}</Button>
      <Button type="primary" danger onClick={() => setOpen('raise')}>{t('raise')}</Button>
      {open && <RaiseDialog board={board} open={open} onClose={() => setOpen(null)} onDone={onDone} />}
    </span>
  )
}

function RaiseDialog({ board, open, onClose, onDone }: { board: Board; open: Open; onClose: () => void; onDone: () => void }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const [kind, setKind] = useState<Kind>(board.alarms[0] as Kind)
  const [id, setId] = useState<Id | null>(null)
  const [asked, setAsked] = useState(false)
  const send = () => {
    setAsked(true)
    if (id === null) return
    void raise(kind.key, `${kind.on}:${id}`, open === 'test').then(() => { onClose(); onDone() }, tellFailed)
  }
  return (
    <Modal open title={t(open === 'test' ? 'testCall' : 'raise')} okText={t(open === 'test' ? 'startTest' : 'callNow')} cancelText={t('cancel')} okButtonProps={{ danger: open === 'raise' }} onOk={send} onCancel={onClose} destroyOnHidden>
      <div className="raise">
        {board.alarms.length > 1 && (
          <label className="field">{t('kind')}
            <select className="native-select" value={kind.key} onChange={(event) => { setKind(board.alarms.find((one) => one.key === event.target.value) as Kind); setId(null) }}>
              {board.alarms.map((one) => <option key={one.key} value={one.key}>{said(one.label)}</option>)}
            </select>
          </label>
        )}
        <label className="field" htmlFor="raise-who">{t('who')}</label>
        <Person entity={kind.on ?? ''} value={id} onChange={setId} />
        {asked && id === null && <p className="field-error" role="alert">{t('whoMissing')}</p>}
        <p className="meta">{t(open === 'test' ? 'testHelp' : 'raiseHelp')}</p>
      </div>
    </Modal>
  )
}

const place = (row: Values): string => String(row['home__label'] ?? row['place__label'] ?? '')

function Person({ entity, value, onChange }: { entity: string; value: Id | null; onChange: (id: Id | null) => void }) {
  const t = useTexts(alarmWords)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const model = useModel(entity).data
  const rows = useRows(entity, { ...emptyQuery, q }, FOUND, Boolean(model))
  const options = model ? (rows.data?.rows ?? []).map((row) => ({ value: row.id as Id, label: labelOf(row, model) })) : []
  return (
    <Choose<Id | null>
      id="raise-who" className="wide-control" value={value} options={options} loading={rows.isFetching} placeholder={t('whoHelp')} autoFocus
      showSearch={{ filterOption: false, onSearch: setTyped }} onChange={(next) => onChange(next ?? null)}
    />
  )
}

const labelOf = (row: Values, model: Model): string => [titleOf(row, model), place(row)].filter(Boolean).join(' · ')

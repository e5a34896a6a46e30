/** Another case, chosen and not typed: like ones nearby first, else what a number or some words find, each with distance, age and stage. */
import { CloseOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useDeferredValue, useState, type KeyboardEvent } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { useOthers, type Other } from '../cases/api'
import type { Id } from '../wire'
import { fieldOf, tied, type Control } from './context'
import './pick.css'
import { formWords } from './words'

const KILOMETRE = 1_000
/** Said in words of their own beside the rest. */
const SAID_APART = new Set(['distance', 'time'])

function useAway() {
  const t = useTexts(formWords)
  return (metres: number): string =>
    metres < KILOMETRE ? t('caseAway', { metres }) : t('caseAwayKm', { km: (metres / KILOMETRE).toFixed(1) })
}

function Line({ row, chosen, onChoose }: { row: Other; chosen: boolean; onChoose: () => void }) {
  const t = useTexts(formWords)
  const said = useSaid()
  const away = useAway()
  const facts = [
    row.distance_m === null ? '' : away(row.distance_m),
    row.age_days ? t('caseAge', { days: row.age_days }) : t('caseToday'),
    row.supporters > 1 ? t('casePeople', { count: row.supporters }) : '',
    ...row.reasons.filter(({ key }) => !SAID_APART.has(key)).map((reason) => said(reason)),
  ]
  return (
    <li>
      <button type="button" className="pick-line" aria-pressed={chosen} onClick={onChoose}>
        <span className="pick-head">
          <b>{row.title}</b>
          <span className="meta">{said(row.state)}</span>
        </span>
        <span className="meta num">{[row.number, said(row.kind), said(row.place)].filter(Boolean).join(' · ')}</span>
        <span className="meta num">{facts.filter(Boolean).join(' · ')}</span>
      </button>
    </li>
  )
}

function Chosen({ number, title, onClear }: { number: string; title: string; onClear: () => void }) {
  const t = useTexts(formWords)
  return (
    <p className="pick-chosen" role="status">
      <span>
        <span className="num">{t('caseChosen', { number })}</span> {title}
      </span>
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={`${t('clear')} ${number}`} onClick={onClear} />
    </p>
  )
}

function CasePicker({ control, toMerge }: { control: Control; toMerge: boolean }) {
  const { value, onChange, label } = control
  const t = useTexts(formWords)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Other>()
  const q = useDeferredValue(typed.trim())
  const record = control.registry.formContext.record
  const others = useOthers(record?.['id'] as Id | undefined, q, toMerge)
  const rows = others.data?.rows ?? []
  const number = (value as string | undefined) ?? ''
  const choose = (row: Other | undefined) => {
    setChosen(row)
    onChange(row?.number)
  }
  // Enter sends a form off; here it takes the only case that was found.
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (rows.length === 1) choose(rows[0])
  }
  return (
    <div className="pick" role="group" aria-label={label || fieldOf(control).key}>
      {number && <Chosen number={number} title={chosen?.number === number ? chosen.title : ''} onClear={() => choose(undefined)} />}
      <Input
        {...tied(control)}
        value={typed}
        allowClear
        placeholder={t('caseSearch')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={pressed}
      />
      {others.isPending && record && <Skeleton lines={3} />}
      {others.isError && <Failed error={others.error} again={() => void others.refetch()} />}
      {rows.length > 0 && <p className="meta pick-title">{t(q ? 'caseFound' : 'caseNear')}</p>}
      <ul className="pick-lines" aria-busy={others.isFetching}>
        {rows.map((row) => (
          <Line key={row.id} row={row} chosen={row.number === number} onChoose={() => choose(row)} />
        ))}
      </ul>
      {others.data && !rows.length && <p className="meta">{t(q ? 'searchNone' : 'caseNoneNear')}</p>}
    </div>
  )
}

export const CaseControl = (control: Control) => <CasePicker control={control} toMerge={false} />

/** Only open cases of the same kind that were not merged themselves. */
export const CaseToMergeControl = (control: Control) => <CasePicker control={control} toMerge />

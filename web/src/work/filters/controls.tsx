/** One control per shape of condition. Each edits a draft and knows nothing of the list. */
import { Checkbox, Input, InputNumber, Radio } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { formWords } from '../form/words'
import { dayRange, daysIn, emptyQuery, type Op, type Where } from '../list/query'
import { filterWords } from '../list/words'
import { PlacePicker } from '../parts/PlacePicker'
import { useModel, useRows } from '../records'
import { titleOf } from '../titles'
import type { Dict, Field } from '../wire'

export interface ControlOf {
  field: Field
  draft: Where[]
  onDraft: (conditions: Where[]) => void
  dict?: Dict | null | undefined
}

const MANY = 8

const listed = (value: string | undefined): string[] => value?.split(',').filter(Boolean) ?? []

function optionsOf({ field, dict }: ControlOf, said: ReturnType<typeof useSaid>) {
  const known = dict?.[field.key]
  if (field.options?.length) return field.options.map(({ value, label }) => ({ value, label: said(label) }))
  return Object.entries(known ?? {}).map(([value, label]) => ({ value, label: said(label) }))
}

export function Choices(props: ControlOf) {
  const { field, draft, onDraft } = props
  const t = useTexts(formWords)
  const said = useSaid()
  const [typed, setTyped] = useState('')
  const options = optionsOf(props, said)
  const chosen = listed(draft.find((where) => where.op === 'in' || where.op === 'eq')?.value)
  const shown = options.filter((option) => option.label.toLowerCase().includes(typed.trim().toLowerCase()))
  const choose = (values: string[]) => {
    const kept = options
      .map((option) => option.value)
      .filter((value) => values.includes(value) || (chosen.includes(value) && !shown.some((option) => option.value === value)))
    onDraft(kept.length ? [{ field: field.key, op: 'in', value: kept.join(',') }] : [])
  }
  return (
    <>
      {options.length > MANY && (
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t('search')}
          aria-label={t('search')}
          allowClear
        />
      )}
      <Checkbox.Group className="choices" options={shown} value={chosen} onChange={(values) => choose(values as string[])} />
    </>
  )
}

export function Range({ field, draft, onDraft }: ControlOf) {
  const t = useTexts(filterWords)
  const at = (op: Op) => draft.find((where) => where.op === op)?.value
  const [low, high] = [at('ge'), at('le')]
  const set = (op: 'ge' | 'le', value: number | string | null) => {
    const next = { ge: low, le: high, [op]: value === null || value === '' ? undefined : String(value) }
    onDraft((['ge', 'le'] as const).flatMap((one) => (next[one] === undefined ? [] : [{ field: field.key, op: one, value: next[one] }])))
  }
  const wrong = low !== undefined && high !== undefined && Number(low) > Number(high)
  return (
    <>
      <label className="line">
        <span>{t('least')}</span>
        <InputNumber value={low ?? null} stringMode onChange={(value) => set('ge', value)} />
      </label>
      <label className="line">
        <span>{t('most')}</span>
        <InputNumber value={high ?? null} stringMode onChange={(value) => set('le', value)} />
      </label>
      {wrong && (
        <p className="error-text" role="alert">
          {t('wrongRange')}
        </p>
      )}
    </>
  )
}

export function Days({ field, draft, onDraft }: ControlOf) {
  const t = useTexts(filterWords)
  const { from, to } = daysIn(draft)
  return (
    <>
      <label className="line">
        <span>{t('from')}</span>
        <Input type="date" value={from} onChange={(event) => onDraft(dayRange(field, event.target.value, to))} />
      </label>
      <label className="line">
        <span>{t('to')}</span>
        <Input type="date" value={to} onChange={(event) => onDraft(dayRange(field, from, event.target.value))} />
      </label>
      {from && to && from > to && (
        <p className="error-text" role="alert">
          {t('wrongRange')}
        </p>
      )}
    </>
  )
}

export function PlaceChoice({ field, draft, onDraft }: ControlOf) {
  const value = draft.find((where) => where.op === 'within')?.value ?? ''
  return <PlacePicker value={value} onChoose={({ code }) => onDraft([{ field: field.key, op: 'within', value: code }])} />
}

export function Flags({ field, draft, onDraft }: ControlOf) {
  const t = useTexts(filterWords)
  const value = draft.find((where) => where.op === 'eq')?.value ?? ''
  const options = [
    { value: 'true', label: t('yes') },
    { value: 'false', label: t('no') },
  ]
  return (
    <Radio.Group
      value={value}
      options={options}
      onChange={(event) => onDraft([{ field: field.key, op: 'eq', value: String(event.target.value) }])}
    />
  )
}

export function Words({ field, draft, onDraft }: ControlOf) {
  const t = useTexts(filterWords)
  const value = draft.find((where) => where.op === 'has')?.value ?? ''
  const set = (text: string) => onDraft(text ? [{ field: field.key, op: 'has', value: text }] : [])
  return (
    <label className="line">
      <span>{t('contains')}</span>
      <Input value={value} onChange={(event) => set(event.target.value)} allowClear />
    </label>
  )
}

const FOUND = 20

/** Records of another kind, found by words. */
export function ReferenceChoice({ field, draft, onDraft }: ControlOf) {
  const t = useTexts(formWords)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const model = useModel(field.reference).data
  const rows = useRows(field.reference ?? '', { ...emptyQuery, q }, FOUND, Boolean(model))
  const chosen = listed(draft.find((where) => where.op === 'in' || where.op === 'eq')?.value)
  const options = (model && rows.data?.rows.map((row) => ({ value: String(row.id), label: titleOf(row, model) }))) || []
  const choose = (values: string[]) => {
    const unseen = chosen.filter((value) => !options.some((option) => option.value === value))
    const kept = [...unseen, ...values]
    onDraft(kept.length ? [{ field: field.key, op: 'in', value: kept.join(',') }] : [])
  }
  return (
    <>
      <Input
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t('search')}
        aria-label={t('search')}
        allowClear
      />
      {rows.isPending ? (
        <Skeleton lines={4} />
      ) : (
        <Checkbox.Group className="choices" options={options} value={chosen} onChange={(values) => choose(values as string[])} />
      )}
      {rows.data && !options.length && <p className="meta">{t('searchNone')}</p>}
      {rows.data?.next && <p className="meta">{t('searchMore')}</p>}
    </>
  )
}

import { useDeferredValue, useState } from 'react'
import { langNow, useTexts } from '../../shared/i18n'
import { useUser } from '../../shared/session'
import { emptyQuery, type Where } from '../list/query'
import { useModel, useRows } from '../records'
import { tellingOf } from '../titles'
import type { Id, Model } from '../wire'
import { Choose } from './Choose'
import { amongOf } from './among'
import { fieldOf, tied, type Control } from './context'
import { formWords } from './words'

const FOUND = 20

/** What is found by the words among those that the question is about: what lies in the reader's own area before all else. */
function useFound(entity: string, model: Model | undefined, q: string, among: Where[], opened: boolean) {
  const area = useUser()['street']
  const isAsked = Boolean(model) && opened
  const here = model?.place && area ? [{ field: model.place, op: 'within' as const, value: area }] : []
  const near = useRows(entity, { ...emptyQuery, q, where: [...among, ...here] }, FOUND, isAsked && here.length > 0)
  const all = useRows(entity, { ...emptyQuery, q, where: among }, FOUND, isAsked)
  const found = new Map([...(near.data?.rows ?? []), ...(all.data?.rows ?? [])].map((row) => [row.id, row]))
  return { rows: [...found.values()], isFetching: near.isFetching || all.isFetching }
}

/** A record of another kind, found by words; the server does the finding, under the reader's permission. */
export function ReferenceControl(control: Control) {
  const { onChange, disabled, readonly, schema, required } = control
  const value = control.value as Id | Id[] | undefined
  const field = fieldOf(control)
  const t = useTexts(formWords)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const [opened, setOpened] = useState(false)
  const model = useModel(field?.reference).data
  const { rows, isFetching } = useFound(field?.reference ?? '', model, q, amongOf(field?.among, control.registry.formContext.record), opened)
  const found = (model && rows.map((row) => ({ value: row.id as Id, label: tellingOf(row, model, langNow()) }))) || []
  const known = control.registry.formContext.labels[field?.key ?? '']
  const chosen = value === undefined ? [] : Array.isArray(value) ? value : [value]
  const current = chosen.filter((id) => !found.some((option) => option.value === id)).map((id) => ({ value: id, label: known ?? `#${id}` }))
  return (
    <Choose<Id | Id[]>
      {...tied(control)}
      className="wide-control"
      value={value ?? null}
      options={[...current, ...found]}
      allowClear={!required}
      placeholder={t('search')}
      disabled={disabled || readonly}
      {...(schema.type === 'array' ? { mode: 'multiple' as const } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      notFoundContent={isFetching ? t('searching') : t('searchNone')}
      onOpenChange={(open) => {
        if (open) setOpened(true)
      }}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

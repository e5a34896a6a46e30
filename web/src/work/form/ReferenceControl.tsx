import { useDeferredValue, useState } from 'react'
import { useTexts } from '../../shared/i18n'
import { emptyQuery } from '../list/query'
import { useModel, useRows } from '../records'
import { titleOf } from '../titles'
import type { Id } from '../wire'
import { Choose } from './Choose'
import { fieldOf, tied, type Control } from './context'
import { formWords } from './words'

const FOUND = 20

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
  const rows = useRows(field?.reference ?? '', { ...emptyQuery, q }, FOUND, Boolean(model) && opened)
  const found = (model && rows.data?.rows.map((row) => ({ value: row.id as Id, label: titleOf(row, model) }))) || []
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
      loading={rows.isFetching}
      notFoundContent={rows.isFetching ? t('searching') : t('searchNone')}
      onOpenChange={(open) => {
        if (open) setOpened(true)
      }}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

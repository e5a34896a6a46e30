/** A word of a catalogue that is no register, found by a piece of it; the server offers what fits all that the form says so far. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api, type Query } from '../../shared/api'
import { useLang, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import type { Values } from '../wire'
import { Choose } from './Choose'
import { fieldOf, tied, type Control } from './context'
import './pick.css'
import { formWords } from './words'

interface Pick {
  value: string
  label: string
  about: string
}

const isPlain = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value)

/** What a source is asked: what was typed, and every plain answer but this one. */
export function asking(q: string, own: string, answers: Values, record: Values | undefined): Query {
  const beside = Object.entries(answers).filter(([key, value]) => key !== own && isPlain(value))
  const id = record?.['id']
  return { ...Object.fromEntries(beside.map(([key, value]) => [key, String(value)])), ...(id === undefined ? {} : { record: String(id) }), q }
}

function usePicks(source: string, asked: Query | undefined) {
  const lang = useLang()
  return useQuery({
    queryKey: ['data', source, asked, lang],
    queryFn: ({ signal }) => api.get<{ rows: Pick[]; note?: Text | null; empty?: Text | null }>(`/api/data/${source}`, asked ?? {}, signal),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
  })
}

export const linesOf = (value: unknown): string[] => String(value ?? '').split(/[\n;；]/).map((line) => line.trim()).filter(Boolean)

/** One word; of a text of several lines, one a line. */
export function PickedControl(control: Control) {
  const { onChange, disabled, readonly, required } = control
  const field = fieldOf(control)
  const t = useTexts(formWords)
  const said = useSaid()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { record, answers } = control.registry.formContext
  // What stands there already is asked for at once, to be called by its name.
  const [beside, setBeside] = useState(() => (control.value ? answers() : undefined))
  const found = usePicks(field.picks ?? '', beside && asking(q, field.key, beside, record))
  const rows = found.data?.rows ?? []
  const several = control.schema['x-hexi-widget'] === 'textarea'
  const chosen = linesOf(control.value)
  const unknown = chosen.filter((value) => !rows.some((row) => row.value === value)).map((value) => ({ value, label: value, about: '' }))
  const none = said(found.data?.empty) || t('searchNone')
  return (
    <Choose<string | string[]>
      {...tied(control)}
      className="wide-control"
      value={several ? chosen : (chosen[0] ?? null)}
      options={[...rows, ...(q ? [] : unknown)]}
      optionRender={({ data }) => (
        <span className="picked-line">
          <span>{data.label}</span>
          <span className="meta">{data.about}</span>
        </span>
      )}
      allowClear={!required}
      placeholder={t('search')}
      disabled={disabled || readonly}
      {...(several ? { mode: 'multiple' as const } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t('searching') : none}
      onOpenChange={(open) => {
        if (open) setBeside(answers())
      }}
      onChange={(next) => onChange((Array.isArray(next) ? next.join('\n') : next) || undefined)}
    />
  )
}

import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { FilterPop } from '../filters/FilterPop'
import { Pop } from '../parts/Pop'
import type { Dict, Field, Model } from '../wire'
import { shownColumns } from './columns'
import { conditionsOn, emptyQuery, isNarrowed, withField, type ListQuery } from './query'
import { listWords } from './words'

interface BarOf {
  model: Model
  query: ListQuery
  dict: Dict | null | undefined
  onChange: (query: ListQuery) => void
}

function SearchField({ model, query, onChange }: BarOf) {
  const t = useTexts(listWords)
  const said = useSaid()
  const [text, setText] = useState(query.q)
  useEffect(() => setText(query.q), [query.q])
  const name = t('search', { label: said(model.label) })
  const search = (q: string) => {
    if (q.trim() !== query.q) onChange({ ...query, q: q.trim(), after: '' })
  }
  return (
    <Input.Search
      className="list-search"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={search}
      placeholder={name}
      aria-label={name}
      allowClear
    />
  )
}

const MOST = 6

/** The declared filters of what the table shows: the others are a click away. */
function firstFilters(model: Model, query: ListQuery): string[] {
  const shown = shownColumns(model, query.columns)
  const declared = model.ui.table.filters
  const near = shown.filter((key) => declared.includes(key))
  return (near.length ? near : declared).slice(0, MOST)
}

/** Filters of the model first; those that a link or a view brought along are shown as well, so nothing narrows in secret. */
export function visibleFilters(model: Model, query: ListQuery, added: string[]): { shown: Field[]; more: Field[] } {
  const state = (model.lives ? Object.values(model.lives.by_kind)[0] : model)?.lifecycle?.field
  const usable = model.fields.filter((field) => field.filterable !== false && field.key !== state)
  const first = new Set([...firstFilters(model, query), ...query.where.map((where) => where.field), ...added])
  const isPlain = (key: string) => conditionsOn(query, key).every((where) => where.op === 'eq')
  const stateAsFilter = state && !isPlain(state) ? model.fields.filter((field) => field.key === state) : []
  return {
    shown: [...stateAsFilter, ...usable.filter((field) => first.has(field.key))],
    more: usable.filter((field) => !first.has(field.key)),
  }
}

export function FilterBar({ model, query, dict, onChange }: BarOf) {
  const t = useTexts(listWords)
  const said = useSaid()
  const [added, setAdded] = useState<string[]>([])
  const { shown, more } = visibleFilters(model, query, added)
  const searchable = model.ui.table.search.length > 0
  return (
    <div className="filter-bar" role="search" aria-label={t('filters')}>
      {searchable && <SearchField model={model} query={query} dict={dict} onChange={onChange} />}
      {shown.map((field) => (
        <FilterPop
          key={field.key}
          field={field}
          query={query}
          dict={dict}
          onChange={(next) => onChange(withField(query, field.key, next))}
        />
      ))}
      {more.length > 0 && (
        <Pop label={t('moreFilters')} name={t('moreFilters')} type="text">
          {(close) => (
            <ul className="pop-list">
              {more.map((field) => (
                <li key={field.key}>
                  <button
                    type="button"
                    className="plain"
                    onClick={() => {
                      setAdded([...added, field.key])
                      close()
                    }}
                  >
                    {said(field.label)}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Pop>
      )}
      {isNarrowed(query) && (
        <Button type="link" onClick={() => onChange({ ...emptyQuery, sort: query.sort, columns: query.columns })}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}

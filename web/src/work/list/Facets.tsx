import { number } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import { useFacets } from '../records'
import type { Model } from '../wire'
import { conditionsOn, withField, type ListQuery } from './query'
import { listWords } from './words'

interface FacetsOf {
  model: Model
  query: ListQuery
  onChange: (query: ListQuery) => void
}

/** Beyond this many, states without records are left out. */
const CROWDED = 8

/** The states of the life cycle with their counts under the other conditions; choosing one narrows the list. */
export function Facets({ model, query, onChange }: FacetsOf) {
  const t = useTexts(listWords)
  const said = useLabel()
  const field = model.lifecycle?.field
  const facets = useFacets(model.name, field, query)
  if (!field || !model.lifecycle) return null
  const counts = new Map(facets.data?.rows.map(({ value, count }) => [value, count]))
  const total = facets.data?.rows.reduce((sum, { count }) => sum + count, 0)
  const current = conditionsOn(query, field).find((where) => where.op === 'eq')?.value
  const crowded = model.lifecycle.states.length > CROWDED && facets.data !== undefined
  const states = model.lifecycle.states.filter((state) => !crowded || counts.has(state.id) || state.id === current)
  const choose = (value?: string) => onChange(withField(query, field, value ? [{ field, op: 'eq', value }] : []))
  const count = (value: number | undefined) => <span className="num">{facets.data ? number(value ?? 0, 0) : ''}</span>
  return (
    <div className="facets" role="group" aria-label={said(model.fields.find((one) => one.key === field)?.label)}>
      <button type="button" aria-pressed={!current} onClick={() => choose()}>
        {t('all')} {count(total)}
      </button>
      {states.map((state) => (
        <button type="button" key={state.id} aria-pressed={current === state.id} onClick={() => choose(state.id)}>
          {said(state.title)} {count(counts.get(state.id))}
        </button>
      ))}
    </div>
  )
}

import { number } from '../../shared/format'
import type { Text } from '../../shared/spec'
import { useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import { kindIn, modelOfKind } from '../lives'
import { useFacets } from '../records'
import type { Model } from '../wire'
import { conditionsOn, withField, type ListQuery } from './query'
import { listWords } from './words'

interface FacetsOf {
  model: Model
  query: ListQuery
  onChange: (query: ListQuery) => void
}
interface Tab {
  value: string
  label: Text | null | undefined
}

/** Beyond this many, tabs without records are left out. */
const CROWDED = 8

/** The values of one field with their counts under the other conditions; choosing one narrows the list. */
function FieldTabs({ model, query, onChange, field, all }: FacetsOf & { field: string; all: Tab[] }) {
  const t = useTexts(listWords)
  const said = useLabel()
  const facets = useFacets(model.name, field, query)
  const counts = new Map(facets.data?.rows.map(({ value, count }) => [value, count]))
  const total = facets.data?.rows.reduce((sum, { count }) => sum + count, 0)
  const current = conditionsOn(query, field).find((where) => where.op === 'eq')?.value
  const crowded = all.length > CROWDED && facets.data !== undefined
  const tabs = all.filter(({ value }) => !crowded || counts.has(value) || value === current)
  const choose = (value?: string) => onChange(withField(query, field, value ? [{ field, op: 'eq', value }] : []))
  const count = (value: number | undefined) => <span className="num">{facets.data ? number(value ?? 0, 0) : ''}</span>
  return (
    <div className="facets" role="group" aria-label={said(model.fields.find((one) => one.key === field)?.label)}>
      <button type="button" aria-pressed={!current} onClick={() => choose()}>
        {t('all')} {count(total)}
      </button>
      {tabs.map(({ value, label }) => (
        <button type="button" key={value} aria-pressed={current === value} onClick={() => choose(value)}>
          {said(label)} {count(counts.get(value))}
        </button>
      ))}
    </div>
  )
}

/** Which kinds there are; a state belongs to a kind, so another kind drops the chosen state. */
function Kinds({ model, query, onChange }: FacetsOf & { model: Model }) {
  const lives = model.lives!
  const options = model.fields.find((field) => field.key === lives.kind)?.options ?? []
  const state = Object.values(lives.by_kind)[0]?.lifecycle?.field
  const change = (next: ListQuery) => onChange(state ? withField(next, state, []) : next)
  return <FieldTabs model={model} query={query} onChange={change} field={lives.kind} all={options} />
}

/** The states of the life cycle; where records live several lives, the kinds first and then the states of the chosen one. */
export function Facets(props: FacetsOf) {
  const kind = kindIn(props.model, props.query)
  const model = modelOfKind(props.model, kind)
  const life = model.lifecycle
  const states = life?.states.map(({ id, title }) => ({ value: id, label: title })) ?? []
  return (
    <>
      {model.lives && <Kinds {...props} />}
      {life && <FieldTabs {...props} model={model} field={life.field} all={states} />}
    </>
  )
}

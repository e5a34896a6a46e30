import { lazy, Suspense } from 'react'
import { useLang } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { useLabel } from '../labels'
import { conditionsOn, type ListQuery, type Where } from '../list/query'
import { Pop } from '../parts/Pop'
import type { Dict, Field } from '../wire'
import { useNames } from './names'
import { conditionWords } from './words'

const FilterForm = lazy(() => import('./FilterForm'))

interface FilterOf {
  field: Field
  query: ListQuery
  dict: Dict | null | undefined
  onChange: (conditions: Where[]) => void
}

/** One filter: its name, and once it narrows the list, what it keeps. */
export function FilterPop({ field, query, dict, onChange }: FilterOf) {
  const lang = useLang()
  const said = useLabel()
  const conditions = conditionsOn(query, field.key)
  const names = useNames(field, conditions)
  const label = said(field.label)
  const active = conditions.length > 0
  const shown = active ? `${label}${lang === 'zh' ? '：' : ': '}${conditionWords(field, conditions, dict, names, lang)}` : label
  return (
    <Pop label={<span className="filter-label">{shown}</span>} name={label} active={active}>
      {(close) => (
        <Suspense fallback={<Skeleton lines={4} />}>
          <FilterForm
            field={field}
            query={query}
            dict={dict}
            onDone={(next) => {
              onChange(next)
              close()
            }}
          />
        </Suspense>
      )}
    </Pop>
  )
}

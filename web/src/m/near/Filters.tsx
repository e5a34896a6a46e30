import { texts, useTexts } from '../../shared/i18n'
import { useLook } from '../../shared/theme'
import { CATEGORIES, CATEGORY_WORDS, STATUS_WORDS, STATUSES } from '../parts/status'
import type { Wanted } from './order'

const words = texts({
  category: ['按类别筛选', 'Filter by category'],
  all: ['全部', 'All'],
  anyCategory: ['所有类别', 'Any category'],
  status: ['按进展筛选', 'Filter by status'],
  anyStatus: ['所有进展', 'Any status'],
})

interface Props { wanted: Wanted; present: ReadonlySet<string>; onChange: (wanted: Wanted) => void }

/** Category as chips (a list in the elder view), status as a list; only statuses that occur are offered. */
export function Filters({ wanted, present, onChange }: Props) {
  const t = useTexts(words)
  const category = useTexts(CATEGORY_WORDS)
  const status = useTexts(STATUS_WORDS)
  const elder = useLook((look) => look.elder) !== null
  const categories = CATEGORIES.map((key) => ({ key, word: category(key) }))
  const statuses = STATUSES.filter((key) => present.has(key) || key === wanted.status).map((key) => ({ key, word: status(key) }))
  const choose = (key: string) => onChange({ ...wanted, category: key })
  return (
    <div className="filters">
      {elder ? <Choice label={t('category')} any={t('anyCategory')} value={wanted.category} options={categories} onChange={choose} /> : (
        <div className="chips" role="group" aria-label={t('category')}>
          {[{ key: '', word: t('all') }, ...categories].map(({ key, word }) => (
            <button type="button" key={key} aria-pressed={wanted.category === key} onClick={() => choose(key)}>{word}</button>
          ))}
        </div>
      )}
      <Choice label={t('status')} any={t('anyStatus')} value={wanted.status} options={statuses} onChange={(key) => onChange({ ...wanted, status: key })} />
    </div>
  )
}

interface ChoiceProps { label: string; any: string; value: string; options: { key: string; word: string }[]; onChange: (key: string) => void }

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  return (
    <select className="select" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{any}</option>
      {options.map(({ key, word }) => <option key={key} value={key}>{word}</option>)}
    </select>
  )
}

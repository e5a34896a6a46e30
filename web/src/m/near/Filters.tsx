import { texts, useTexts } from '../../shared/i18n'
import { CATEGORIES, CATEGORY_WORDS, STATUS_WORDS, STATUSES } from '../parts/status'
import type { Wanted } from './order'

const words = texts({
  category: ['按类别筛选', 'Filter by category'],
  all: ['全部', 'All'],
  status: ['进展', 'Status'],
  anyStatus: ['所有进展', 'Any status'],
})

interface Props { wanted: Wanted; present: ReadonlySet<string>; onChange: (wanted: Wanted) => void }

/** Category as chips, status as a native list; only statuses that occur are offered. */
export function Filters({ wanted, present, onChange }: Props) {
  const t = useTexts(words)
  const category = useTexts(CATEGORY_WORDS)
  const status = useTexts(STATUS_WORDS)
  return (
    <div className="filters">
      <div className="chips" role="group" aria-label={t('category')}>
        <button type="button" aria-pressed={!wanted.category} onClick={() => onChange({ ...wanted, category: '' })}>{t('all')}</button>
        {CATEGORIES.map((key) => (
          <button type="button" key={key} aria-pressed={wanted.category === key} onClick={() => onChange({ ...wanted, category: key })}>{category(key)}</button>
        ))}
      </div>
      <label className="select">
        <span>{t('status')}</span>
        <select value={wanted.status} onChange={(event) => onChange({ ...wanted, status: event.target.value })}>
          <option value="">{t('anyStatus')}</option>
          {STATUSES.filter((key) => present.has(key) || key === wanted.status).map((key) => <option key={key} value={key}>{status(key)}</option>)}
        </select>
      </label>
    </div>
  )
}

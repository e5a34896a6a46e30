/** The head of the case desk: how many there are under its filters, which kind the board shows, and the ways to look at them. */
import { number } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import { useCount, useFacets } from '../records'
import { useKey } from '../shell/shortcuts'
import { CASE } from './api'
import { kindOn, VIEWS, withKind, type View } from './desk'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'

function ViewTabs({ desk, show }: Pick<ViewOf, 'desk' | 'show'>) {
  const t = useTexts(deskCaseWords)
  const go = (view: View) => show({ view, query: { ...desk.query, after: '' } })
  VIEWS.forEach((view, index) => {
    useKey(String(index + 1), () => go(view))
  })
  return (
    <div className="view-tabs" role="group" aria-label={t('views')}>
      {VIEWS.map((view) => (
        <button type="button" key={view} aria-pressed={desk.view === view} onClick={() => go(view)}>
          {t(view)}
        </button>
      ))}
    </div>
  )
}

/** Board and steps go by one kind; lists and maps may show all of them. Each says how many of it the filters leave. */
function KindChoice({ model, desk, show }: Pick<ViewOf, 'model' | 'desk' | 'show'>) {
  const t = useTexts(deskCaseWords)
  const label = useLabel()
  const kinds = model.fields.find((field) => field.key === model.lives?.kind)?.options ?? []
  const found = useFacets(CASE, 'kind', desk.query).data
  const counts = new Map(found?.rows.map((row) => [row.value, row.count]))
  if (kinds.length < 2) return null
  return (
    <select
      className="native-select"
      aria-label={t('kind')}
      value={kindOn(model, desk.query)}
      onChange={(event) => show({ query: withKind(desk.query, event.target.value) })}
    >
      {kinds.map(({ value, label: text }) => (
        <option key={value} value={value}>
          {found ? t('kindCount', { kind: label(text), count: number(counts.get(value) ?? 0, 0) }) : label(text)}
        </option>
      ))}
    </select>
  )
}

/** The counts are those of the list, whichever view is open. */
export function Head({ model, desk, show }: Pick<ViewOf, 'model' | 'desk' | 'show'>) {
  const t = useTexts(deskCaseWords)
  const all = useCount(CASE, desk.query)
  const late = useCount(CASE, { ...desk.query, where: [...desk.query.where, ...OVER] })
  const said = (one: typeof all) => (one.data ? `${number(one.data.count, 0)}${one.data.capped ? '+' : ''}` : '')
  return (
    <header className="list-head">
      <h1>{t('title')}</h1>
      <span className="count" role="status">
        {t('count', { count: said(all) })}
        {Boolean(late.data?.count) && <b className="late-count">{t('overdue', { count: said(late) })}</b>}
      </span>
      {desk.view === 'board' && <KindChoice model={model} desk={desk} show={show} />}
      <div className="list-tools">
        <ViewTabs desk={desk} show={show} />
      </div>
    </header>
  )
}

const OVER = [
  { field: 'breached', op: 'eq' as const, value: 'true' },
  { field: 'phase', op: 'in' as const, value: 'new,working,waiting,resolved' },
]

/** The whole course of a case as one line after the other, in words: what was done, by whom, why; notes and checks among it. */
import { said as inWords, useLang, useTexts, type Lang } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { useLabel } from '../labels'
import { useHistory } from '../records'
import { momentText, valueText } from '../values'
import type { HistoryEntry, Id, Model, Row } from '../wire'
import { CASE } from './api'
import { caseWords } from './words'

export interface Line {
  at: string
  text: string
  why?: string
  key: string
}
/** What the platform does by itself is written under this name. */
const PLATFORM = 'platform'
/** Whoever is not signed in. */
const PUBLIC = 'public'
type Say = (key: keyof typeof caseWords, gaps?: Record<string, string>) => string
export interface Kept {
  model: Model
  rows: Row[]
}

const textOf = ({ model }: Kept, row: Row, key: string, lang: Lang): string => {
  const field = model.fields.find((one) => one.key === key)
  return field ? valueText(field, row[key], row, null, lang) : String(row[key] ?? '')
}

const whoIn = ({ who }: HistoryEntry, say: Say): string => (who === PUBLIC ? say('public') : who && who !== PLATFORM ? who : say('system'))

export function deeds(entries: readonly HistoryEntry[], say: Say, said: (entry: HistoryEntry) => string): Line[] {
  return [...entries].reverse().map((entry) => ({
    at: entry.at,
    key: `deed${entry.id}`,
    text: say('lineBy', { who: whoIn(entry, say), what: said(entry) }),
    ...(inWords(entry.why) ? { why: say('lineWhy', { why: inWords(entry.why) }) } : {}),
  }))
}

/** What an office reported: the history of the case tells that it was done, these what was done. */
export function milestones(tasks: Kept, say: Say, lang: Lang): Line[] {
  return tasks.rows.flatMap((row) => {
    const office = textOf(tasks, row, 'office', lang)
    if (row['state'] !== 'done' || !row['done_at']) return []
    return [{ at: String(row['done_at']), key: `done${row.id}`, text: say('lineDone', { office, text: String(row['result'] ?? '') }) }]
  })
}

export const inOrder = (lines: Line[]): Line[] => [...lines].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))

export function Course({ id, tasks }: { id: Id; tasks: Kept | null }) {
  const t = useTexts(caseWords)
  const label = useLabel()
  const lang = useLang()
  const history = useHistory(CASE, id)
  if (history.isPending) return <Skeleton lines={5} />
  if (history.isError) return <Failed error={history.error} again={() => void history.refetch()} />
  const lines = inOrder([
    ...deeds(history.data.rows, t, (entry) => label(entry.action_label) || entry.action),
    ...(tasks ? milestones(tasks, t, lang) : []),
  ])
  return (
    <section className="case-part" aria-label={t('course')}>
      <h3>{t('course')}</h3>
      <ol className="course">
        {lines.map((line) => (
          <li key={line.key}>
            <time className="num meta" dateTime={line.at}>
              {momentText(line.at)}
            </time>
            <span>
              {line.text}
              {line.why && <span className="meta">{line.why}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

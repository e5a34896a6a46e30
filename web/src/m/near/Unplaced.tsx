/** The rest of the programme: projects whose published text names no place that could be put on the map. */
import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { useKept } from '../data/kept'
import { TASKS, type Envelope, type Task } from '../data/programme'
import type { Site } from '../data/projects'
import { TaskRow } from '../programme/TaskRow'
import { matching, type Wanted } from './order'

const words = texts({
  title: ['面向全区，或没有公布具体地点', 'For the whole district, or no exact place published'],
  more: ['再看 {count} 个', 'Show {count} more'],
})
const STEP = 5

interface Props { sites: readonly Site[]; wanted: Wanted; step?: number }

export function Unplaced({ sites, wanted, step = STEP }: Props) {
  const t = useTexts(words)
  const tasks = useKept<Envelope<Task>>(TASKS).body?.rows ?? []
  const [shown, setShown] = useState(step)
  const placed = new Set(sites.map((site) => site.task))
  const rest = matching(tasks, wanted).filter((task) => !placed.has(String(task.id)))
  if (rest.length === 0) return null
  const more = Math.min(2 * step, rest.length - shown)
  return (
    <section className="unplaced" aria-labelledby="unplaced-title">
      <h2 id="unplaced-title">{t('title')} <span className="num">{rest.length}</span></h2>
      <ul className="tasks">{rest.slice(0, shown).map((task) => <TaskRow key={task.id} task={task} />)}</ul>
      {more > 0 && <button type="button" className="button wide" onClick={() => setShown(shown + 2 * step)}>{t('more', { count: more })}</button>}
    </section>
  )
}

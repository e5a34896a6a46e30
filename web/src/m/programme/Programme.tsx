/** The whole programme: how it stands, the month's report, and the 20 groups with their tasks, searchable. */
import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { useKept } from '../data/kept'
import { GROUPS, TASKS, type Envelope, type Group, type Task } from '../data/programme'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Provenance } from '../parts/Provenance'
import { GroupItem } from './GroupItem'
import { Reports } from './Reports'
import { fits } from './search'
import { Standing } from './Standing'
import { TaskRow } from './TaskRow'

const words = texts({
  search: ['搜索项目、责任单位', 'Search projects and offices'],
  groups: ['20 项，每项做到哪一步', 'The 20 groups, and how far each is'],
  city: ['市里的任务，由河西区承担', 'City tasks carried by the district'],
  found: ['找到 {count} 个项目', '{count} projects found'],
  none: ['没有找到。换一个词，或拨打 12345 询问。', 'Nothing found. Try another word, or call 12345.'],
})

export function Programme() {
  const t = useTexts(words)
  const [query, setQuery] = useState('')
  const tasks = useKept<Envelope<Task>>(TASKS)
  return (
    <>
      <search className="search">
        <Icon name="search" />
        <input type="search" value={query} aria-label={t('search')} placeholder={t('search')} onChange={(event) => setQuery(event.target.value)} />
      </search>
      {query.trim() ? (
        <section className="card"><Loading answer={tasks}>{(body) => <Found query={query} tasks={body.rows} />}</Loading></section>
      ) : (
        <><Standing /><Groups tasks={tasks.body?.rows ?? []} /><Reports /></>
      )}
    </>
  )
}

function Found({ query, tasks }: { query: string; tasks: Task[] }) {
  const t = useTexts(words)
  const found = tasks.filter((task) => fits(query, [task.title, task.lead, task.place_name, task.code]))
  return (
    <>
      <p className="hint" role="status">{t(found.length ? 'found' : 'none', { count: found.length })}</p>
      <ul className="tasks">{found.map((task) => <TaskRow key={task.id} task={task} />)}</ul>
    </>
  )
}

function Groups({ tasks }: { tasks: Task[] }) {
  const t = useTexts(words)
  const groups = useKept<Envelope<Group>>(GROUPS)
  return (
    <section className="card" aria-labelledby="groups-title">
      <h2 id="groups-title">{t('groups')}</h2>
      <Loading answer={groups} lines={8}>
        {(body) => (
          <>
            <ul className="groups">
              {body.rows.map((group) => <GroupItem key={group.number} group={group} tasks={tasks.filter((task) => String(task.group) === String(group.number))} />)}
            </ul>
            <City tasks={tasks.filter((task) => task.level === 'city')} />
            <Provenance asOf={body.as_of} origin={body.origin} quality={body.quality} />
          </>
        )}
      </Loading>
    </section>
  )
}

function City({ tasks }: { tasks: Task[] }) {
  const t = useTexts(words)
  if (tasks.length === 0) return null
  return <><h3 className="city-title">{t('city')}</h3><ul className="tasks">{tasks.map((task) => <TaskRow key={task.id} task={task} />)}</ul></>
}

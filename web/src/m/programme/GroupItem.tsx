import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Group, Task } from '../data/programme'
import { Icon } from '../parts/Icon'
import { Progress } from '../parts/Progress'
import { TaskRow } from './TaskRow'

const words = texts({ done: ['{done} / {tasks} 个任务已完成', '{done} of {tasks} tasks done'] })

/** One of the 20 groups; opens to its tasks. */
export function GroupItem({ group, tasks }: { group: Group; tasks: Task[] }) {
  const t = useTexts(words)
  const said = useSaid()
  return (
    <li>
      <details className="group">
        <summary>
          <b className="group-number num">{group.number}</b>
          <span className="group-text">
            <b>{said(group.name)}</b>
            <Progress share={group.tasks ? group.done / group.tasks : null} done={group.done === group.tasks} />
            <span>{t('done', { done: group.done, tasks: group.tasks })}</span>
          </span>
          <Icon name="down" />
        </summary>
        <ul className="tasks">{tasks.map((task) => <TaskRow key={task.id} task={task} />)}</ul>
      </details>
    </li>
  )
}

import { useSaid } from '../../shared/i18n'
import type { Task } from '../data/programme'
import { Figures } from '../parts/Figures'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { StatusChip } from '../parts/StatusChip'

/** One task in a list: what, how it stands, and its figures. */
export function TaskRow({ task }: { task: Task }) {
  const said = useSaid()
  return (
    <li className="task">
      <Link to={{ page: 'project', id: String(task.id) }}>
        <span className="task-text">
          <b>{said(task.title)}</b>
          {said(task.place_name) && <span className="site-place">{said(task.place_name)}</span>}
          <Figures done={task.done_value ?? null} planned={task.planned_value ?? null} unit={said(task.unit)} />
          <StatusChip status={task.status} />
        </span>
        <Icon name="forward" />
      </Link>
    </li>
  )
}

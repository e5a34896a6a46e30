/** One project gathered from its record and the lists around it; the record alone is enough to show it. */
import { useMemo } from 'react'
import type { RecordDoc, RecordList } from '../../shared/spec'
import { useKept, type Answer } from '../data/kept'
import { entriesOf, milestonesOf, targetsOf, taskOf } from '../data/readTask'
import type { TaskView } from '../data/task'

const listOf = (entity: string, id: string, sort: string): string => `/api/records/${entity}?where=task:eq:${id}&sort=${sort}&limit=100`

export function useTask(id: string): Answer<TaskView> & { again: () => void } {
  const record = useKept<RecordDoc>(`/api/records/projects.task/${id}`)
  const targets = useKept<RecordList>(listOf('projects.target', id, 'id')).body
  const milestones = useKept<RecordList>(listOf('projects.milestone', id, 'id')).body
  const entries = useKept<RecordList>(listOf('projects.progress', id, '-on')).body
  const body = useMemo(() => record.body && {
    ...taskOf(record.body), targets: targetsOf(targets), milestones: milestonesOf(milestones), entries: entriesOf(entries),
  }, [record.body, targets, milestones, entries])
  return { ...record, body }
}

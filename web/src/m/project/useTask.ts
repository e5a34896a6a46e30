/** One project gathered from its record, its targets and its progress entries; the record alone is enough to show it. */
import { useMemo } from 'react'
import type { RecordDoc, RecordList } from '../../shared/spec'
import { useKept, type Answer } from '../data/kept'
import { entriesOf, targetsOf, taskOf, type TaskView } from '../data/task'

const listOf = (entity: string, id: string, sort: string): string => `/api/records/${entity}?where=task:eq:${id}&sort=${sort}&limit=100`

export function useTask(id: string): Answer<TaskView> & { again: () => void } {
  const record = useKept<RecordDoc>(`/api/records/projects.task/${id}`)
  const targets = useKept<RecordList>(listOf('projects.target', id, 'id'))
  const entries = useKept<RecordList>(listOf('projects.progress', id, '-on'))
  const body = useMemo(() => record.body && {
    ...taskOf(record.body), targets: targetsOf(targets.body), entries: entriesOf(entries.body),
  }, [record.body, targets.body, entries.body])
  return { ...record, body }
}

/** The programme as the phone reads it: its counts, its 20 groups and their tasks. */
import type { Envelope, Quality, Row, Text } from '../../shared/spec'

export interface Summary extends Row {
  programme?: number | string | null
  tasks: number
  done: number
  on_schedule: number
  by_procedure: number
  under_way?: number
  at_risk?: number
  late?: number
  unknown?: number
}

export interface Group extends Row {
  number: number
  name: Text
  tasks: number
  done: number
  status?: string | null
}

export interface Task extends Row {
  id: number
  code: string
  title: Text
  category: string
  status: string
  group?: number | string | null
  lead?: Text | null
  done_value?: number | null
  planned_value?: number | null
  unit?: Text | null
  share?: number | null
  place?: string | null
  as_of?: string | null
}

export const SUMMARY = '/api/data/projects.summary'
export const GROUPS = '/api/data/projects.groups'
export const TASKS = '/api/data/projects.tasks'

/** The counts of one summary by status, without the empty ones. */
export function countsOf(summary: Summary): { status: string; count: number }[] {
  const statuses = ['done', 'on_schedule', 'by_procedure', 'under_way', 'at_risk', 'late', 'unknown'] as const
  return statuses.map((status) => ({ status, count: summary[status] ?? 0 })).filter(({ count }) => count > 0)
}

/** The month of a moment in the district, as a report's address names it: 2025-10. */
export const monthOf = (moment: string): string => moment.slice(0, 7)

export const reportOf = (programme: number | string, month: string): string =>
  `/api/programmes/${encodeURIComponent(programme)}/reports/${month}.html`

export type { Envelope, Quality }

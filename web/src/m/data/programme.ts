/** The programme as the phone reads it: its counts, its 20 groups and their tasks. */
import type { Envelope, Quality, RecordRow, Row, Text } from '../../shared/spec'

export interface Summary extends Row {
  programme?: number | string | null
  tasks: number
  done: number
  /** Counted as done by a source whose text lost the names; they are among `unknown`. */
  unnamed?: number
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
  level?: string | null
  group?: number | string | null
  lead?: Text | null
  done_value?: number | null
  planned_value?: number | null
  unit?: Text | null
  share?: number | null
  place?: string | null
  place_name?: Text | null
  as_of?: string | null
}

/** The newest published edition of each month. */
export interface Report extends RecordRow { month: string; programme: number; edition: number; state: string; published_on: string | null }

export const REPORTS = '/api/records/projects.monthlyreport?sort=-month&limit=24'

export function newestEditions(rows: readonly Report[]): Report[] {
  const months = new Map<string, Report>()
  for (const row of rows) if (row.edition > (months.get(row.month)?.edition ?? 0)) months.set(row.month, row)
  return [...months.values()].sort((a, b) => (a.month < b.month ? 1 : -1))
}

export const SUMMARY = '/api/data/projects.summary'
export const GROUPS = '/api/data/projects.groups'
export const TASKS = '/api/data/projects.tasks'

/** The counts of one summary by status, as the source counts them, without the empty ones. */
export function countsOf(summary: Summary): { status: string; count: number }[] {
  const statuses = ['done', 'on_schedule', 'by_procedure', 'under_way', 'at_risk', 'late', 'unknown'] as const
  const unnamed = summary.unnamed ?? 0
  const lost: Partial<Record<string, number>> = { done: unnamed, unknown: -Math.min(unnamed, summary.unknown ?? 0) }
  return statuses.map((status) => ({ status, count: (summary[status] ?? 0) + (lost[status] ?? 0) })).filter(({ count }) => count > 0)
}

export const reportOf = (programme: number | string, month: string): string =>
  `/api/programmes/${encodeURIComponent(programme)}/reports/${month}.html`

export type { Envelope, Quality }

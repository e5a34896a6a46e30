/** The published monthly reports, and where each is read. */
import type { RecordRow } from '../../shared/spec'

/** The newest published edition of each month. */
export interface Report extends RecordRow { month: string; programme: number; edition: number; state: string; published_on: string | null }

export const REPORTS = '/api/records/projects.monthlyreport?sort=-month&limit=24'

export function newestEditions(rows: readonly Report[]): Report[] {
  const months = new Map<string, Report>()
  for (const row of rows) if (row.edition > (months.get(row.month)?.edition ?? 0)) months.set(row.month, row)
  return [...months.values()].sort((a, b) => (a.month < b.month ? 1 : -1))
}

export const reportOf = (programme: number | string, month: string): string =>
  `/api/programmes/${encodeURIComponent(programme)}/reports/${month}.html`

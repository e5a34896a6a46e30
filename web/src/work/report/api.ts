/** A month's report: its page, what it says in numbers, and the record that carries its editions. */
import { useQuery } from '@tanstack/react-query'
import { api, Problem, urlOf } from '../../shared/api'
import { langNow, useLang } from '../../shared/i18n'
import type { Label, Text } from '../../shared/spec'
import { emptyQuery } from '../list/query'
import { useRows } from '../records'
import type { Id, Values } from '../wire'

export const PROGRAMME = 'projects.programme'
export const REPORT = 'projects.monthlyreport'
/** What a report is made of: when one of these changes, so may its text. */
const TOPICS = ['projects.task', 'projects.progress', 'projects.target', 'projects.milestone', 'projects.contradiction', REPORT]

export type Form = 'html' | 'pdf' | 'docx' | 'json'
/** The published text, or the draft as the records stand now. */
export type Which = 'published' | 'draft'

export interface Reported {
  label: Label
  value: number
  unnamed: number
  href: string
}
export interface Finding {
  rule: string
  subject: Text
  detail: Text
  sources: string[]
  sentences: string[]
}
export interface ReportState {
  report: Id
  state: 'draft' | 'published' | 'revised'
  edition: number
  published_on: string | null
  changed: boolean
  as_of: string
  numbers: Reported[]
  contradictions: Finding[]
}

const pathOf = (programme: Id, month: string, form: Form): string => `/api/programmes/${programme}/reports/${month}.${form}`
const wanted = (which: Which) => (which === 'draft' ? { edition: 'draft' } : {})
export const reportUrl = (programme: Id, month: string, form: Form, which: Which): string =>
  urlOf(pathOf(programme, month, form), { lang: langNow(), ...wanted(which) })

/** The page as text: it is shown in a frame without scripts, and its errors are ours to say. */
async function page(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { credentials: 'same-origin', headers: { Accept: 'text/html, application/problem+json' }, signal })
  if (response.ok) return response.text()
  throw new Problem(response.status, (await response.json().catch(() => ({}))) as Values)
}

const keyOf = (...parts: unknown[]) => ['records', REPORT, 'report', ...parts]

export function useReportPage(programme: Id, month: string, which: Which) {
  const lang = useLang()
  return useQuery({
    queryKey: keyOf('page', programme, month, which, lang),
    queryFn: ({ signal }) => page(reportUrl(programme, month, 'html', which), signal),
    meta: { topics: TOPICS },
  })
}

export function useReportState(programme: Id, month: string) {
  return useQuery({
    queryKey: keyOf('state', programme, month),
    queryFn: ({ signal }) => api.get<ReportState>(pathOf(programme, month, 'json'), {}, signal),
    meta: { topics: TOPICS },
  })
}

export const useProgrammes = () => useRows(PROGRAMME, { ...emptyQuery, sort: '-year' })

const MOST_MONTHS = 100

/** The months that have a report, newest first. */
export function useMonths(programme: Id | undefined) {
  const where = [{ field: 'programme', op: 'eq' as const, value: String(programme) }]
  const rows = useRows(REPORT, { ...emptyQuery, where, sort: '-month' }, MOST_MONTHS, programme !== undefined)
  return { ...rows, months: [...new Set(rows.data?.rows.map((row) => String(row['month'])) ?? [])] }
}

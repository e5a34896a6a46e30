/** A month's report: its page, its editions, and the act of publishing it. */
import { useQuery } from '@tanstack/react-query'
import { api, Problem, urlOf } from '../../shared/api'
import { langNow, useLang } from '../../shared/i18n'
import { emptyQuery } from '../list/query'
import { recordPath, useModel, useRows } from '../records'
import type { Action, Id, Model, Rows, Saved, Values } from '../wire'

export const PROGRAMME = 'projects.programme'
export const REPORT = 'projects.monthlyreport'

export type Form = 'html' | 'pdf' | 'docx' | 'json'
export const reportUrl = (programme: Id, month: string, form: Form): string => urlOf(`/api/programmes/${programme}/reports/${month}.${form}`, { lang: langNow() })

/** The page as text: it is shown in a frame without scripts, and its errors are ours to say. */
async function page(programme: Id, month: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(reportUrl(programme, month, 'html'), { credentials: 'same-origin', headers: { Accept: 'text/html, application/problem+json' }, signal })
  if (response.ok) return response.text()
  throw new Problem(response.status, (await response.json().catch(() => ({}))) as Values)
}

export function useReport(programme: Id | undefined, month: string) {
  const lang = useLang()
  return useQuery({
    queryKey: ['report', programme, month, lang],
    queryFn: ({ signal }) => page(programme!, month, signal),
    enabled: programme !== undefined && month !== '',
    meta: { topics: ['projects.task', 'projects.progress', 'projects.target', REPORT] },
  })
}

export const useProgrammes = () => useRows(PROGRAMME, { ...emptyQuery, sort: '-year' })

export function useEditions(programme: Id | undefined, month: string) {
  const where = [{ field: 'programme', op: 'eq' as const, value: String(programme) }, { field: 'month', op: 'eq' as const, value: month }]
  return useRows(REPORT, { ...emptyQuery, where }, 5, programme !== undefined && month !== '')
}

/** The month of the newest entry: a report of the current month would often be empty. */
export function useNewestMonth() {
  return useQuery({
    queryKey: ['records', 'projects.progress', 'newest'],
    queryFn: async ({ signal }) => {
      const { rows } = await api.get<Rows>(recordPath('projects.progress'), { sort: '-on', limit: 1, columns: 'on' }, signal)
      return String(rows[0]?.['on'] ?? '').slice(0, 7)
    },
    staleTime: 300_000,
  })
}

export interface Publishing { action: Action; send: (month: string, why: string) => Promise<Saved> }

const publishIn = (model: Model | undefined): Action | undefined => model?.actions.find((action) => action.id.startsWith('publish'))

/** Publishing is a deed on the programme, or one that begins a report: whichever the server declares. */
export function usePublishing(programme: { id: Id; version: number } | undefined): Publishing | null {
  const ofProgramme = publishIn(useModel(PROGRAMME).data)
  const ofReport = publishIn(useModel(REPORT).data)
  if (!programme) return null
  if (ofProgramme) {
    const path = `${recordPath(PROGRAMME, programme.id)}/actions/${ofProgramme.id}`
    return { action: ofProgramme, send: (month, why) => api.post(path, { values: { month }, version: programme.version, why }) }
  }
  if (!ofReport) return null
  return { action: ofReport, send: (month, why) => api.post(`${recordPath(REPORT)}/actions/${ofReport.id}`, { values: { programme: programme.id, month }, why }) }
}

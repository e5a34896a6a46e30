/** The calls of an import, in their order: upload, preview, commit, undo. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import type { Id, ImportEntry, ImportMode, ImportPreview, ImportResult, ImportUpload } from '../wire'
import type { Answers, Mapping } from './mapping'

export function upload(entity: string, file: File): Promise<ImportUpload> {
  const form = new FormData()
  form.append('entity', entity)
  form.append('file', file)
  return api.upload<ImportUpload>('/api/imports', form)
}

const importPath = (id: Id): string => `/api/imports/${id}`

export const chooseSheet = (id: Id, sheet: string): Promise<ImportUpload> => api.post(`${importPath(id)}/sheet`, { sheet })

export const preview = (id: Id, mapping: Mapping, answers: Answers): Promise<ImportPreview> =>
  api.post(`${importPath(id)}/preview`, { mapping, answers })
export const commit = (id: Id, sent: { mapping: Mapping; answers: Answers; mode: ImportMode }): Promise<ImportResult> =>
  api.post(`${importPath(id)}/commit`, sent)
export const undo = (id: Id, why: string): Promise<ImportEntry> => api.post(`${importPath(id)}/undo`, { why })
export const resultFile = (id: Id): string => `${importPath(id)}/result.xlsx`

export function useImports() {
  return useQuery({
    queryKey: ['imports'],
    queryFn: async ({ signal }) => {
      const answer = await api.get<ImportEntry[] | { rows: ImportEntry[] }>('/api/imports', {}, signal)
      return Array.isArray(answer) ? answer : answer.rows
    },
  })
}

export function useImport(id: string) {
  return useQuery({ queryKey: ['imports', id], queryFn: ({ signal }) => api.get<ImportEntry>(importPath(id), {}, signal) })
}

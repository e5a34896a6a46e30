import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import type { Text } from '../../shared/spec'

export interface ModelName {
  name: string
  label: Text
  room?: string
}

/** The kinds of record that the reader may see. */
export function useModelNames() {
  return useQuery({
    queryKey: ['models'],
    queryFn: async ({ signal }) => {
      const answer = await api.get<ModelName[] | { rows: ModelName[] }>('/api/models', {}, signal)
      return Array.isArray(answer) ? answer : answer.rows
    },
    staleTime: 300_000,
  })
}

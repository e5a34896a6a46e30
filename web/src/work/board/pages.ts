import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import type { Page } from '../../shared/spec'

export function usePage(id: string | undefined) {
  return useQuery({
    queryKey: ['page', id],
    queryFn: ({ signal }) => api.get<Page>(`/api/pages/${id}`, {}, signal),
    enabled: Boolean(id),
    staleTime: Infinity,
  })
}

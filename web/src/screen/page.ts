/** Which page the address names, and its spec from the server. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../shared/api'
import { useScopeStore } from '../shared/scope'
import type { Page } from '../shared/spec'

const FIRST = 'overview'

export function pageOfPath(path: string): string {
  return /^\/screen\/([\w.-]+)\/?$/.exec(path)?.[1] ?? FIRST
}

export const usePageId = (): string => pageOfPath(useScopeStore((state) => state.path))

export function usePage(id: string) {
  return useQuery({
    queryKey: ['page', id],
    queryFn: ({ signal }) => api.get<Page>(`/api/pages/${id}`, {}, signal),
    staleTime: Infinity,
    retry: 2,
    refetchInterval: ({ state }) => (state.status === 'error' ? 10_000 : false),
  })
}

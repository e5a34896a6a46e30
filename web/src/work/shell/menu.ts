/** Where a reader may go: the server's menu, with an address for each item. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import type { Menu, MenuItem, PageTitle } from '../../shared/spec'
import { listPath, pagePath } from '../paths'

export interface Place {
  to: string
  outside: boolean
}

export function useMenu() {
  return useQuery({ queryKey: ['menu'], queryFn: ({ signal }) => api.get<Menu>('/api/menu', {}, signal), staleTime: 300_000 })
}

/** Page titles tell a wall screen and a phone page, which live outside of the desk, from a desk page. */
export function usePages() {
  return useQuery({
    queryKey: ['pages'],
    queryFn: async ({ signal }) =>
      pagesIn(await api.get<PageTitle[] | { rows: PageTitle[] } | { pages: PageTitle[] }>('/api/pages', {}, signal)),
    staleTime: 300_000,
  })
}

function pagesIn(answer: PageTitle[] | { rows: PageTitle[] } | { pages: PageTitle[] }): PageTitle[] {
  if (Array.isArray(answer)) return answer
  return 'rows' in answer ? answer.rows : answer.pages
}

export function placeOf(item: MenuItem, pages: PageTitle[]): Place {
  const { entity, page, where } = item.open as { entity?: string; page?: string; where?: string }
  if (entity) return { to: where ? `${listPath(entity)}?${new URLSearchParams({ where }).toString()}` : listPath(entity), outside: false }
  const kind = pages.find((one) => one.id === page)?.kind
  if (kind === 'screen') return { to: `/screen/${page}`, outside: true }
  if (kind === 'mobile') return { to: `/m/${page}`, outside: true }
  return { to: pagePath(page ?? ''), outside: false }
}

/** The kinds of record that the menu leads to, in its order. */
export function entitiesIn(menu: Menu | undefined): { entity: string; label: MenuItem['label'] }[] {
  const items = menu?.groups.flatMap((group) => group.items) ?? []
  return items.flatMap((item) => (item.open.entity ? [{ entity: item.open.entity, label: item.label }] : []))
}

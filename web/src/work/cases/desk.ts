/** The desk's whole state as one address: which view, which filters, which case lies open. */
import { useCallback, useMemo } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { fromUrl, toUrl, withField, type ListQuery } from '../list/query'
import { kindIn } from '../lives'
import { casesPath } from '../paths'
import type { Model } from '../wire'

export const VIEWS = ['board', 'list', 'map', 'timeline', 'figures'] as const
export type View = (typeof VIEWS)[number]

export interface Desk {
  view: View
  open: string
  query: ListQuery
}

export function deskFrom(params: URLSearchParams): Desk {
  const view = VIEWS.find((one) => one === params.get('view')) ?? 'board'
  return { view, open: params.get('open') ?? '', query: fromUrl(params) }
}

export function deskAddress({ view, open, query }: Desk): string {
  const params = toUrl(query)
  if (view !== 'board') params.set('view', view)
  if (open) params.set('open', open)
  const text = params.toString()
  return text ? `${casesPath}?${text}` : casesPath
}

/** Time that runs out first stands first, unless the reader chose another order. */
export const ordered = (query: ListQuery): ListQuery => ({ ...query, sort: query.sort || 'due_at' })

/** The kind that board and steps go by: the one that the filters name, else the first. */
export const kindOn = (model: Model, query: ListQuery): string => kindIn(model, query) ?? Object.keys(model.lives?.by_kind ?? {})[0] ?? ''

/** Another kind has other states: a filter on a state goes with it. */
export function withKind(query: ListQuery, kind: string): ListQuery {
  return withField(withField(query, 'state', []), 'kind', [{ field: 'kind', op: 'eq', value: kind }])
}

export function useDesk() {
  const [params] = useSearchParams()
  const go = useNavigate()
  const desk = useMemo(() => deskFrom(params), [params])
  const show = useCallback((change: Partial<Desk>) => void go(deskAddress({ ...desk, ...change })), [desk, go])
  return { desk, show }
}

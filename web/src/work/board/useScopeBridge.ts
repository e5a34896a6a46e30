/** Panels read their scope from the shared store, the desk keeps its address in the router: this keeps the two the same. */
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { readScope, useScopeStore } from '../../shared/scope'

const BASE = '/work'

/** True once the store holds the scope of this page, so that no panel asks for the wrong one first. */
export function useScopeBridge(): boolean {
  const { pathname, search } = useLocation()
  const go = useNavigate()
  const path = BASE + pathname
  useEffect(() => useScopeStore.setState({ path, values: readScope(search) }), [path, search])
  useEffect(
    () =>
      useScopeStore.subscribe(() => {
        const { pathname: shown, search: asked, href } = window.location
        if (!shown.startsWith(BASE)) window.location.assign(href)
        else if (shown !== path || asked !== search) void go(shown.slice(BASE.length) + asked, { replace: true })
      }),
    [go, path, search],
  )
  return useScopeStore((state) => state.path === path)
}

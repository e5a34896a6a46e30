import { useCallback, useMemo } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { fromUrl, toUrl, type ListQuery } from './query'

interface Trail {
  trail?: string[]
}

/** The list's state, read from the address and written to it. The trail of cursors rides in the history entry, for "previous page". */
export function useListQuery() {
  const [params] = useSearchParams()
  const location = useLocation()
  const go = useNavigate()
  const query = useMemo(() => fromUrl(params), [params])
  const trail = useMemo(() => (location.state as Trail | null)?.trail ?? [], [location.state])

  const show = useCallback(
    (next: ListQuery, cursors: string[] = []) => {
      void go({ pathname: location.pathname, search: toUrl(next).toString() }, { state: { trail: cursors } satisfies Trail })
    },
    [go, location.pathname],
  )

  const forward = (cursor: string) => show({ ...query, after: cursor }, [...trail, query.after])
  const back = () => show({ ...query, after: trail.at(-1) ?? '' }, trail.slice(0, -1))
  return { query, show, forward, back, page: trail.length + 1 }
}

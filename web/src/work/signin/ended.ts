import type { QueryClient } from '@tanstack/react-query'
import { hearReader, Problem } from '../../shared/api'
import type { Session } from '../../shared/spec'

const isOver = (error: unknown): boolean => error instanceof Problem && error.status === 401

/**
 * A 401 on any read means that the session has ended, and so does an answer for the public to somebody who is signed in:
 * ask the server again who it is.
 */
export function watchForSignOut(queries: QueryClient): void {
  const again = (): void => void queries.invalidateQueries({ queryKey: ['session'] })
  hearReader((reader) => {
    if (reader !== 'public' || queries.isFetching({ queryKey: ['session'] })) return // its own answer is for the public, too
    if (queries.getQueryData<Session>(['session'])?.account) again()
  })
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error' || event.query.queryKey[0] === 'session') return
    if (isOver(event.action.error)) again()
  })
}

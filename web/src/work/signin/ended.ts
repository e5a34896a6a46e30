import type { QueryClient } from '@tanstack/react-query'
import { Problem } from '../../shared/api'

const isOver = (error: unknown): boolean => error instanceof Problem && error.status === 401

/** A 401 on any read means that the session has ended: ask the server again who is signed in. */
export function watchForSignOut(queries: QueryClient): void {
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error' || event.query.queryKey[0] === 'session') return
    if (isOver(event.action.error)) void queries.invalidateQueries({ queryKey: ['session'] })
  })
}

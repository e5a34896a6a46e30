/** Who is signed in, and the ways in and out. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, keepCsrf } from './api'
import { live } from './live'
import type { Session } from './spec'

const KEY = ['session'] as const

async function read(): Promise<Session> {
  return taken(await api.get<Session>('/api/session'))
}

function taken(session: Session): Session {
  keepCsrf(session.csrf)
  return session
}

export function useSession() {
  return useQuery({ queryKey: KEY, queryFn: read, staleTime: Infinity })
}

/** What `$user.x` in a spec may refer to. */
export function useUser(): Record<string, string | undefined> {
  const account = useSession().data?.account
  return useMemo(() => ({ street: account?.posts[0]?.place ?? undefined, username: account?.username }), [account])
}

/** Join the stream as soon as the session has named it. */
export async function startSession(queries: QueryClient): Promise<Session> {
  const session = await queries.fetchQuery({ queryKey: KEY, queryFn: read, staleTime: Infinity })
  if (session.stream_url) live.start(session.stream_url)
  return session
}

export interface Credentials {
  username: string
  password: string
  otp?: string
}

/** The ways in and out; both forget everything fetched before, since another person may see other things. */
export function useSignIn() {
  const queries = useQueryClient()
  const enter = (session: Session) => {
    queries.clear()
    queries.setQueryData(KEY, taken(session))
    return session
  }
  return {
    signIn: async (credentials: Credentials) => enter(await api.post<Session>('/api/session', credentials)),
    signOut: async () => {
      await api.delete('/api/session')
      queries.clear()
      return enter(await read())
    },
  }
}

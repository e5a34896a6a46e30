/** Who works with this phone. Kept on it, so that the list opens without a network; asked of the server whenever there is one. */
import { create } from 'zustand'
import { api, keepCsrf, Problem } from '../../shared/api'
import type { Session } from '../../shared/spec'
import { forgetMatching } from '../data/kept'
import { forgetSent } from '../outbox/outbox'

export interface Worker { id: number; username: string; name: string }
interface State { worker: Worker | null; asked: boolean }

const KEY = 'hexi_m_worker'
const LEAVING = 'hexi_m_leaving'
const OWN = ['/api/cases/work', '/api/tours/mine']
const PHOTOS = 'evidence'
const quietly = (): undefined => undefined

function read(): Worker | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Worker> | null
    return found && typeof found.id === 'number' ? { id: found.id, username: String(found.username), name: String(found.name) } : null
  } catch {
    return null
  }
}

function note(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Without storage the account lives until the page is closed.
  }
}

export const useWorker = create<State>(() => ({ worker: read(), asked: false }))

function become(worker: Worker | null): void {
  note(KEY, worker && JSON.stringify(worker))
  useWorker.setState({ worker })
}

/** Takes everything about others off the phone: the list, opened cards, their photos. What oneself wrote and waits stays, locked. */
export async function wipe(): Promise<void> {
  await forgetMatching((path) => OWN.some((own) => path.startsWith(own))).catch(quietly)
  await forgetSent(({ account }) => account !== null).catch(quietly)
  if ('caches' in window) await caches.delete(PHOTOS).catch(quietly)
}

async function taken(session: Session): Promise<void> {
  keepCsrf(session.csrf)
  const { account } = session
  const before = useWorker.getState().worker
  if (before && before.id !== Number(account?.id)) await wipe()
  become(account && { id: Number(account.id), username: account.username, name: account.name })
  useWorker.setState({ asked: true })
  // The stream comes behind everything else: it only says that something is worth asking for.
  if (account && session.stream_url) void import('../../shared/live').then(({ live }) => live.start(session.stream_url)).catch(quietly)
}

const hasToLeave = (): boolean => {
  try {
    return localStorage.getItem(LEAVING) !== null
  } catch {
    return false
  }
}

async function leave(): Promise<void> {
  await api.delete('/api/session')
  note(LEAVING, null)
}

/** Asks the server who is signed in; without an answer the phone's own word stands. A sign-out without network is made good first. */
export async function refreshWorker(): Promise<void> {
  try {
    let session = await api.get<Session>('/api/session')
    keepCsrf(session.csrf)
    if (hasToLeave()) {
      await leave()
      session = await api.get<Session>('/api/session')
    }
    await taken(session)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    useWorker.setState({ asked: true })
  }
}

export async function signIn(credentials: { username: string; password: string; otp?: string }): Promise<void> {
  await api.get<Session>('/api/session').then(({ csrf }) => keepCsrf(csrf))
  const session = await api.post<Session>('/api/session', credentials)
  note(LEAVING, null)
  await taken(session)
}

/** The phone forgets at once, network or not; the server as soon as it is reached. */
export async function signOut(): Promise<void> {
  note(LEAVING, '1')
  become(null)
  await wipe()
  await leave().catch(quietly)
}

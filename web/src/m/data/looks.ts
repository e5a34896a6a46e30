/** Who looked at what is hidden of somebody: asked anew each time, and never kept on the phone. */
import { api, keepCsrf } from '../../shared/api'
import type { Session, Text } from '../../shared/spec'

export interface LookQuestion { at: string; words: string; answer: string; answered_at: string | null }
export interface Look {
  look: number
  at: string
  /** The name as far as it may be shown. */
  who: string
  post: Text | null
  office: Text | null
  place: Text | null
  register: Text
  record: string
  fields: Text[]
  purpose: Text
  questions: LookQuestion[]
}
export interface Looks {
  rows: Look[]
  /** How many records are about them. */
  records: number
  /** Whoever signed in may keep what the link shows. */
  may_keep: boolean
}

const PATIENCE_MS = 15_000
const LOOKS = '/api/looks'
const shown = (secret: string): Record<string, string> => (secret ? { 'X-Slip-Secret': secret } : {})

export const looksOf = (secret: string): Promise<Looks> => api.get<Looks>(LOOKS, undefined, AbortSignal.timeout(PATIENCE_MS), shown(secret))

export async function keepLooks(secret: string): Promise<void> {
  keepCsrf((await api.get<Session>('/api/session')).csrf)
  await api.post<unknown>(`${LOOKS}/keep`, {}, undefined, shown(secret))
}

/** How a case stands, asked for with its secret; the last answer is kept on the phone for reading without a network. */
import { useCallback, useEffect, useState } from 'react'
import { api, Problem } from '../../shared/api'
import type { Answer } from '../data/kept'
import type { Progress } from '../data/cases'
import { noteReached, onReturn } from '../device/reach'
import { device } from '../device/store'

const PATIENCE_MS = 15_000
const NOTHING: Answer<Progress> = { body: undefined, savedAt: null, error: null, pending: true }
const keyOf = (number: string): string => `case ${number}`
const quietly = (): undefined => undefined

async function fromServer(number: string, secret: string): Promise<Progress> {
  const body = await api.get<Progress>(`/api/cases/${number}/progress`, undefined, AbortSignal.timeout(PATIENCE_MS), { 'X-Case-Secret': secret })
  noteReached(true)
  await device().then((database) => database.put('kept', { url: keyOf(number), body, saved_at: Date.now() })).catch(quietly)
  return body
}

export function useProgress(number: string, secret: string | undefined): Answer<Progress> & { again: () => void } {
  const [answer, setAnswer] = useState(NOTHING)
  const again = useCallback(() => {
    if (!secret) return
    fromServer(number, secret).then(
      (body) => setAnswer({ body, savedAt: Date.now(), error: null, pending: false }),
      (error: unknown) => {
        if (error instanceof Problem && error.status === 0) noteReached(false)
        setAnswer((known) => ({ ...known, error: error as Error, pending: false }))
      },
    )
  }, [number, secret])
  useEffect(() => {
    void device().then((database) => database.get('kept', keyOf(number))).then(
      (kept) => kept && setAnswer((known) => (known.body ? known : { ...known, body: kept.body as Progress, savedAt: kept.saved_at })), quietly,
    )
    again()
    return onReturn(again)
  }, [number, again])
  return { ...answer, again }
}

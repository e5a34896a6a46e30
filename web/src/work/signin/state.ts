/** What the sign-in page knows: which step it is at, what went wrong, and until when it is locked. */
import { useEffect, useState } from 'react'
import { Problem } from '../../shared/api'
import { useSignIn, type Credentials } from '../../shared/session'

export type Step = 'password' | 'otp'
export type Refusal = { why: 'wrong' | 'wrongOtp' | 'locked' } | { why: 'failed'; sentence: string } | null

/** Seconds left until a moment, counted down once a second. */
export function useSecondsUntil(until: number | null): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!until) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [until])
  return until ? Math.max(0, Math.ceil((until - now) / 1_000)) : 0
}

export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

const DEFAULT_LOCK_S = 900

/**
 * Begins anew as the person who signed in, so that nothing read before and no open stream is left over. A link from another entry may
 * say where to go on (`?next=/screen/…`): an address of this site only.
 */
function goOn(): void {
  const next = new URLSearchParams(location.search).get('next')
  if (next && /^\/(?![/\\])/.test(next)) location.assign(next)
  else location.reload()
}

function retryAfter(problem: Problem): number {
  const said = Number(problem.body['retry_after'])
  return Number.isFinite(said) && said > 0 ? said : DEFAULT_LOCK_S
}

export function useSigningIn() {
  const { signIn } = useSignIn()
  const [step, setStep] = useState<Step>('password')
  const [refusal, setRefusal] = useState<Refusal>(null)
  const [lockedUntil, setLockedUntil] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)

  const refuse = (error: unknown, hadCode: boolean) => {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'otp_needed') {
      setStep('otp')
      setRefusal(null)
    } else if (error.code === 'locked') {
      setLockedUntil(Date.now() + retryAfter(error) * 1_000)
      setRefusal({ why: 'locked' })
    } else if (error.code === 'wrong_otp' || (error.code === 'wrong_credentials' && hadCode)) setRefusal({ why: 'wrongOtp' })
    else if (error.code === 'wrong_credentials') setRefusal({ why: 'wrong' })
    else setRefusal({ why: 'failed', sentence: error.detail || error.message })
  }

  const send = async (credentials: Credentials) => {
    setBusy(true)
    setRefusal(null)
    try {
      await signIn(credentials)
      goOn()
    } catch (error) {
      refuse(error, Boolean(credentials.otp))
    } finally {
      setBusy(false)
    }
  }

  const restart = () => {
    setStep('password')
    setRefusal(null)
    setLockedUntil(null)
  }
  return { step, refusal, lockedUntil, busy, send, restart }
}

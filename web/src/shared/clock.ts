/** Clocks that run before the reader's eyes. */
import { useEffect, useState } from 'react'

/** The present moment, told anew each second: a clock that stands still would lie. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Minutes and seconds, from an hour on with hours, and with a sign where the moment is over. */
export function clockText(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return `${milliseconds < 0 ? '−' : ''}${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`
}

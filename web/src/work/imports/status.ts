import type { Status } from '../../shared/spec'
import { importWords } from './words'

type Key = keyof typeof importWords

/** The word for a state of an import; one that we do not know is shown as it is. */
export function statusWord(status: string, t: (key: Key) => string): string {
  const key = `status_${status}` as Key
  return key in importWords ? t(key) : status
}

export function statusMark(status: string): Status {
  if (status === 'done' || status === 'committed') return 'ok'
  return status === 'failed' || status === 'refused' ? 'breach' : 'awaiting'
}

export const isUndoable = (status: string): boolean => status === 'done' || status === 'committed'

/** What stands in a card while its answer is under way, missing, or old. */
import { time, dayOf } from '../../shared/format'
import { Problem } from '../../shared/api'
import { texts, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { Skeleton } from '../../shared/States'
import type { Answer } from '../data/kept'
import { useReach } from '../device/reach'

const words = texts({
  offline: ['现在没有网络，这项内容还没有存在手机里。', 'There is no network, and this was not yet saved on the phone.'],
  failed: ['暂时没有取到数据。', 'The data could not be loaded.'],
  missing: ['没有找到这项内容，可能已经撤下。', 'This was not found; it may have been withdrawn.'],
  retry: ['再试一次', 'Try again'],
  saved: ['{day} {time} 存在手机里的内容', 'Saved on this phone at {time} on {day}'],
})

interface Props<T> {
  answer: Answer<T> & { again: () => void }
  lines?: number
  children: (body: T) => React.ReactNode
}

function wordFor(error: Error): keyof typeof words {
  if (!(error instanceof Problem)) return 'failed'
  if (error.status === 0) return 'offline'
  return error.status === 404 ? 'missing' : 'failed'
}

/** The server's own words where it will not show this to the reader: asking again does not help. */
export const refusal = (error: Error | null): string => (error instanceof Problem && error.status === 403 ? joined('stop', [error.message, error.todo]) : '')

/** Draws the answer; before there is one, its skeleton or the reason in words. What was kept is never blanked by an error. */
export function Loading<T>({ answer, lines = 3, children }: Props<T>) {
  const t = useTexts(words)
  const reached = useReach((reach) => reach.reached)
  const { body, error, savedAt, again } = answer
  if (body === undefined && !error) return <Skeleton lines={lines} height="3.5rem" />
  if (body === undefined && error) {
    return (
      <div className="note" role="alert">
        <p>{refusal(error) || t(wordFor(error))}</p>
        {wordFor(error) !== 'missing' && !refusal(error) && <button type="button" className="button" onClick={again}>{t('retry')}</button>}
      </div>
    )
  }
  return (
    <>
      {children(body as T)}
      {(error || !reached) && savedAt && <p className="saved">{t('saved', { day: dayOf(savedAt), time: time(savedAt) })}</p>}
    </>
  )
}

/** What a part of a page shows while it has no data, no rows, or an error: always a sentence, never a spinner. */
import { Problem } from './api'
import { asOf } from './format'
import { texts, useSaid, useTexts } from './i18n'
import { Mark } from './Status'
import type { Text } from './spec'
import './states.css'

const words = texts({
  loading: ['正在取数', 'Loading'],
  failed: ['数据未取到，10 秒后重试', 'Could not load, trying again in 10 s'],
  refused: ['没有查看这项数据的权限', 'You may not see this'],
  missing: ['没有这项数据', 'There is no such data'],
  retry: ['立即重试', 'Retry now'],
  empty: ['当前范围内没有数据', 'Nothing here in this scope'],
  stale: ['数据已过时', 'Out of date'],
  broken: ['这一块没能显示，其余不受影响', 'This part could not be shown; the rest goes on'],
})

/** A quiet place-holder of the height of what will come. */
export function Skeleton({ lines = 1, height }: { lines?: number; height?: string }) {
  const t = useTexts(words)
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} style={height ? { height } : undefined} />
      ))}
    </div>
  )
}

/** One sentence that says what is empty and within which scope. */
export function Empty({ children }: { children?: React.ReactNode }) {
  const t = useTexts(words)
  return <p className="state-note">{children ?? t('empty')}</p>
}

function reasonOf(error: Error): keyof typeof words {
  if (!(error instanceof Problem)) return 'failed'
  return error.status === 403 || error.status === 401 ? 'refused' : error.status === 404 ? 'missing' : 'failed'
}

/** What failed, what happens next, and a button. */
export function Failed({ error, again }: { error: Error; again?: (() => void) | undefined }) {
  const t = useTexts(words)
  const reason = reasonOf(error)
  return (
    <div className="state-note" role="alert">
      <Mark status="breach" />
      <span>{t(reason)}</span>
      {again && reason === 'failed' && (
        <button type="button" onClick={again}>
          {t('retry')}
        </button>
      )}
    </div>
  )
}

/** What an error boundary leaves in place of a broken part. */
export function Broken({ again }: { again: () => void }) {
  const t = useTexts(words)
  return (
    <div className="state-note" role="alert">
      <Mark status="breach" />
      <span>{t('broken')}</span>
      <button type="button" onClick={again}>
        {t('retry')}
      </button>
    </div>
  )
}

/** Source and as-of time of some figures; turns to watch, with its mark, when they are old. */
export function Origin({
  origin,
  at,
  stale = false,
}: {
  origin?: Text | null | undefined
  at?: string | null | undefined
  stale?: boolean
}) {
  const t = useTexts(words)
  const said = useSaid()
  return (
    <small className="origin" data-stale={stale || undefined}>
      <span className="origin-name">{said(origin)}</span>
      {stale && (
        <>
          <Mark status="watch" />
          <span className="sr-only">{t('stale')}</span>
        </>
      )}
      {at && (
        <time className="num" dateTime={at}>
          {asOf(at)}
        </time>
      )}
    </small>
  )
}

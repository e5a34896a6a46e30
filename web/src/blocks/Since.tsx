/** How long ago a moment was, as a clock that runs. */
import { clockText, useNow } from '../shared/clock'
import { texts, useTexts } from '../shared/i18n'

const words = texts({ since: ['已过 {time}', '{time} so far'] })

export function Since({ moment }: { moment: unknown }) {
  const t = useTexts(words)
  const now = useNow()
  const start = typeof moment === 'string' ? Date.parse(moment) : NaN
  if (Number.isNaN(start)) return null
  const time = clockText(Math.max(0, now - start))
  return <time className="since num" dateTime={String(moment)} role="timer" aria-label={t('since', { time })}>{time}</time>
}

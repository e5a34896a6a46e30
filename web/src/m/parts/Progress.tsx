import { percent } from '../../shared/format'
import { texts, useTexts } from '../../shared/i18n'

const words = texts({ label: ['进度 {share}%', '{share}% done'] })

/** A bar for a share of 0..1. A missing share draws nothing: an empty bar would claim that nothing was done. */
export function Progress({ share, done = false }: { share: number | null; done?: boolean }) {
  const t = useTexts(words)
  if (share === null) return null
  const shown = percent(Math.min(1, Math.max(0, share)), 0)
  return (
    <svg className="progress" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={t('label', { share: shown })} data-done={done || undefined}>
      <rect className="progress-rest" width="100" height="6" rx="1" />
      <rect className="progress-done" width={Math.min(1, Math.max(0, share)) * 100} height="6" rx="1" />
    </svg>
  )
}

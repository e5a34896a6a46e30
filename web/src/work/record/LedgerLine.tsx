/** How the days behind a curve stand to the ledger: was what is drawn here changed since it was entered there? */
import type { LedgerDays } from '../../blocks/curve'
import { texts, useTexts } from '../../shared/i18n'

const words = texts({
  matches: ['{count} 天与账本一致', '{count} days as in the ledger'],
  differs: ['与账本不符：{days}', 'Not as in the ledger: {days}'],
  waiting: ['{count} 天待记入账本', '{count} days not in the ledger yet'],
})

export function LedgerLine({ days }: { days: LedgerDays }) {
  const t = useTexts(words)
  const parts = [days.matches > 0 && t('matches', { count: days.matches }), days.waiting > 0 && t('waiting', { count: days.waiting })]
  const said = parts.filter(Boolean).join(' · ')
  if (!said && !days.differs.length) return null
  return (
    <p className="curve-ledger meta num">
      {days.differs.length > 0 && <strong role="alert">{t('differs', { days: days.differs.join(' · ') })}</strong>} {said}
    </p>
  )
}

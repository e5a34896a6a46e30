import { useTexts } from '../../shared/i18n'
import { isProjectStatus, SHAPES, STATUS_WORDS, TONES } from './status'

/** Where a project stands: shape, colour and the official word. */
export function StatusChip({ status }: { status: string }) {
  const t = useTexts(STATUS_WORDS)
  const known = isProjectStatus(status) ? status : 'unknown'
  return (
    <span className="chip-status" data-tone={TONES[known]}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path fillRule="evenodd" d={SHAPES[TONES[known]]} /></svg>
      {t(known)}
    </span>
  )
}

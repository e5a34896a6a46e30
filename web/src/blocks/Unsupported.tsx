import { texts, useTexts } from '../shared/i18n'
import type { BlockProps } from './types'

const words = texts({
  unknown: ['这个版本的界面还不会显示“{kind}”类型的内容', 'This version of the page cannot show the kind “{kind}” yet'],
})

/** A kind this client does not know is said, not hidden. */
export function Unsupported({ panel }: BlockProps) {
  const t = useTexts(words)
  return <p className="state-note">{t('unknown', { kind: panel.component ?? panel.kind })}</p>
}

/** Says in words whether figures still update by themselves. */
import { useTexts } from '../../shared/i18n'
import { useLiveState } from '../../shared/live'
import { Mark } from '../../shared/Status'
import { shellWords } from './words'

export function LiveMark() {
  const t = useTexts(shellWords)
  const state = useLiveState()
  if (state === 'off') return null
  const word = state === 'live' ? 'live' : state === 'lost' ? 'lostShort' : 'connecting'
  return (
    <span className="live-mark" role="status">
      <Mark status={state === 'live' ? 'ok' : state === 'lost' ? 'watch' : 'awaiting'} />
      {t(word)}
    </span>
  )
}

export function LiveNotice() {
  const t = useTexts(shellWords)
  const state = useLiveState()
  if (state !== 'lost') return null
  return (
    <p className="notice" role="status">
      <Mark status="watch" />
      {t('lost')}
      {t('gap')}
      {t('lostHelp')}
    </p>
  )
}

import { Button } from 'antd'
import { useTexts } from '../../shared/i18n'
import { listWords } from './words'

interface PagerOf {
  hasBack: boolean
  next: string | null
  note: string
  onBack: () => void
  onForward: (cursor: string) => void
}

/** Pages are cursors, so that the millionth row is as near as the first; there is a next and a previous page, and no page 20,000. */
export function Pager({ hasBack, next, note, onBack, onForward }: PagerOf) {
  const t = useTexts(listWords)
  return (
    <nav className="pager" aria-label={t('pages')}>
      <span className="meta">{note}</span>
      {(hasBack || next) && (
        <>
          <Button disabled={!hasBack} onClick={onBack}>
            {t('previous')}
          </Button>
          <Button disabled={!next} onClick={() => next && onForward(next)}>
            {t('next')}
          </Button>
        </>
      )}
    </nav>
  )
}

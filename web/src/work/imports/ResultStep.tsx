import { Button } from 'antd'
import { useState } from 'react'
import { number } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { LinkButton } from '../parts/LinkButton'
import { listPath } from '../paths'
import type { ImportResult } from '../wire'
import { resultFile } from './api'
import { Undo } from './Undo'
import { importWords } from './words'

interface ResultOf {
  result: ImportResult
  entity: string
  label: string
  onAgain: () => void
}

export function ResultStep({ result, entity, label, onAgain }: ResultOf) {
  const t = useTexts(importWords)
  const [undone, setUndone] = useState(false)
  const worked = result.added > 0 && !undone
  return (
    <div className="result" role="status">
      <p>
        <Mark status={worked ? 'ok' : 'watch'} />
        {undone ? t('undone') : result.added ? t('done', { count: number(result.added, 0) }) : t('failed')}
      </p>
      {result.bad > 0 && (
        <p>
          <Mark status="breach" />
          {t('doneBad', { count: number(result.bad, 0) })}
        </p>
      )}
      <div className="wizard-foot">
        {worked && (
          <LinkButton to={listPath(entity)} type="primary">
            {t('see', { label })}
          </LinkButton>
        )}
        <Button href={result.result_url ?? resultFile(result.id)} download>
          {t('download')}
        </Button>
        <Button onClick={onAgain}>{t('again')}</Button>
        {worked && <Undo id={result.id} entity={entity} onDone={() => setUndone(true)} />}
      </div>
    </div>
  )
}

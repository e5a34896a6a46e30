/** What the record says usually answers a question, with the reason; one click takes it. */
import { useSaid, useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import type { Suggested } from './suggested'
import { formWords } from './words'

const asList = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : value ? [String(value)] : [])
const isSame = (one: string[], other: string[]): boolean => one.length === other.length && one.every((key) => other.includes(key))

interface SuggestionOf {
  suggested: Suggested | undefined
  value: unknown
  multiple: boolean
  nameOf: (key: string) => string
  onTake: (value: string | string[]) => void
}

export function Suggestion({ suggested, value, multiple, nameOf, onTake }: SuggestionOf) {
  const t = useTexts(formWords)
  const said = useSaid()
  if (!suggested) return null
  const keys = asList(suggested.value)
  const why = said(suggested.why)
  if (!keys.length) return !multiple && why ? <p className="suggestion meta">{why}</p> : null
  const names = keys.map(nameOf).join(t('and'))
  return (
    <p className="suggestion">
      <span>{t('suggested', { names })}</span>
      {isSame(keys, asList(value)) ? (
        <span className="suggestion-taken" role="status">
          <Mark status="ok" size="0.75em" />
          {t('taken')}
        </span>
      ) : (
        <button type="button" onClick={() => onTake(suggested.value)} aria-label={t('takeNamed', { names })}>
          {t('take')}
        </button>
      )}
      {why && <span className="meta">{t('suggestedWhy', { why })}</span>}
    </p>
  )
}

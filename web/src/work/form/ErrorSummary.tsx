import type { RJSFValidationError } from '@rjsf/utils'
import { useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { useLabel } from '../labels'
import type { Field } from '../wire'
import { formWords } from './words'

interface SummaryOf {
  form: string
  found: RJSFValidationError[]
  others: string[]
  fields: Field[]
}

const keyOf = (error: RJSFValidationError): string => (error.property ?? '').replace(/^\./, '').split('.')[0] ?? ''

function goTo(form: string, key: string): void {
  document.getElementById(`${form}_${key}`)?.focus()
}

/** How many things are wrong and where, read out once; each entry leads to its field. */
export function ErrorSummary({ form, found, others, fields }: SummaryOf) {
  const t = useTexts(formWords)
  const said = useLabel()
  if (!found.length && !others.length) return null
  const labelOf = (key: string) => said(fields.find((field) => field.key === key)?.label) || key
  return (
    <div className="error-summary" role="alert">
      {found.length > 0 && (
        <p>
          <Mark status="breach" />
          {t('errors', { count: found.length })}
        </p>
      )}
      <ul>
        {found.map((error) => (
          <li key={error.property}>
            <button type="button" onClick={() => goTo(form, keyOf(error))}>
              {labelOf(keyOf(error))}
            </button>{' '}
            {error.message}
          </li>
        ))}
        {others.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </div>
  )
}

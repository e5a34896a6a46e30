/** What one kind of case asks besides: text, number, yes or no, one of some, some of some. The server is the judge of the answers. */
import type { CaseKind, Question } from '../data/cases'
import { texts, useTexts } from '../../shared/i18n'

const words = texts({ optional: ['（可以不填）', '(optional)'] })
type Answers = Record<string, unknown>
interface Props { schema: NonNullable<CaseKind['questions']>; answers: Answers; onAnswers: (answers: Answers) => void }
interface One { name: string; question: Question; value: unknown; needed: boolean; onValue: (value: unknown) => void }

export function Questions({ schema, answers, onAnswers }: Props) {
  return (
    <>
      {Object.entries(schema.properties ?? {}).map(([name, question]) => (
        <OneQuestion key={name} name={name} question={question} needed={schema.required?.includes(name) ?? false} value={answers[name] ?? question.default}
          onValue={(value) => onAnswers({ ...answers, [name]: value })} />
      ))}
    </>
  )
}

function OneQuestion(one: One) {
  const { question, value, onValue } = one
  if (question.type === 'boolean') {
    return <label className="tick"><input type="checkbox" checked={value === true} onChange={(event) => onValue(event.target.checked)} /><span>{question.title}</span></label>
  }
  if (question.items?.oneOf) return <Some {...one} options={question.items.oneOf} />
  if (question.oneOf) return <OneOf {...one} options={question.oneOf} />
  return <Written {...one} />
}

function Written({ question, needed, value, onValue }: One) {
  const t = useTexts(words)
  const isNumber = question.type === 'integer' || question.type === 'number'
  return (
    <label className="field">{question.title} {!needed && <span>{t('optional')}</span>}
      <input className="text" type={isNumber ? 'number' : 'text'} inputMode={isNumber ? 'decimal' : undefined} min={question.minimum} max={question.maximum} maxLength={question.maxLength}
        value={typeof value === 'string' || typeof value === 'number' ? value : ''}
        onChange={(event) => onValue(isNumber && event.target.value !== '' ? Number(event.target.value) : event.target.value)} />
    </label>
  )
}

type Choosing = One & { options: { const: string; title: string }[] }

function OneOf({ name, question, value, onValue, options }: Choosing) {
  return (
    <fieldset className="options"><legend>{question.title}</legend>
      {options.map((option) => (
        <label key={option.const}><input type="radio" name={name} checked={value === option.const} onChange={() => onValue(option.const)} /><span>{option.title}</span></label>
      ))}
    </fieldset>
  )
}

function Some({ question, value, onValue, options }: Choosing) {
  const chosen = Array.isArray(value) ? (value as string[]) : []
  return (
    <fieldset className="options"><legend>{question.title}</legend>
      {options.map((option) => (
        <label key={option.const}>
          <input type="checkbox" checked={chosen.includes(option.const)}
            onChange={(event) => onValue(event.target.checked ? [...chosen, option.const] : chosen.filter((one) => one !== option.const))} />
          <span>{option.title}</span>
        </label>
      ))}
    </fieldset>
  )
}

import { Button } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../shared/i18n'
import type { ImportQuestion } from '../wire'
import { chosen, type Answers } from './mapping'
import { importWords } from './words'

/** What the file does not say for certain. Its own evidence is proposed; nothing counts before somebody confirms it. */
export function Questions({ questions, busy, onAnswer }: { questions: ImportQuestion[]; busy: boolean; onAnswer: (answers: Answers) => void }) {
  const t = useTexts(importWords)
  const [answers, setAnswers] = useState<Answers>(() => chosen(questions))
  if (!questions.length) return null
  const all = { ...chosen(questions), ...answers }
  const open = questions.filter((one) => !all[one.key])
  return (
    <section>
      <h2>{t('questions')}</h2>
      <p className="meta">{t('questionsHelp')}</p>
      <ul className="questions">
        {questions.map((one) => (
          <li key={one.key}>
            <label>
              <span>{one.label}</span>
              <select
                className="native-select"
                value={all[one.key] ?? ''}
                onChange={(event) => setAnswers({ ...all, [one.key]: event.target.value })}
              >
                <option value="">{t('choose')}</option>
                {one.options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                    {option.value === one.proposed && !one.answer ? ` ${t('proposed')}` : ''}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
      <Button loading={busy} onClick={() => onAnswer(all)}>
        {t('confirmAnswers')}
      </Button>
      <p role="status" className="warning" hidden={!open.length}>
        {t('unanswered', { count: open.length })}
      </p>
    </section>
  )
}

/** What is asked by declaration, drawn; the answer is written to the phone first, like everything that is sent. */
import { useState, type FormEvent } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import '../style/work.css'
import { HELP_NUMBER } from '../parts/help'
import type { Ask } from '../data/nearby'
import { Dictate } from '../parts/Dictate'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { Questions } from '../report/Questions'
import { voiceParcel } from './sending'

const words = texts({
  send: ['提交', 'Send'], missing: ['请先选：{what}', 'Please answer: {what}'], optional: ['（可以不写）', '(optional)'],
  refused: ['这部手机不让网页保存内容，暂时提交不了。请打 {number} 反映。', 'This phone does not let pages store anything. Please call {number}.'],
  offline: ['不用登录，也不记姓名。没有网也可以提交，联网后自动发出。', 'No account, no name. Works without a network and is sent later.'],
})
type Answers = Record<string, unknown>
interface Props { ask: Ask; known: { record?: number; place?: string }; subject: (answers: Answers) => string; lane: string; onSent: () => void }

export function AskForm({ ask, known, subject, lane, onSent }: Props) {
  const t = useTexts(words)
  const said = useSaid()
  const [answers, setAnswers] = useState<Answers>({})
  const [fault, setFault] = useState('')
  const { properties = {}, required = [] } = ask.form
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const open = required.find((name) => answers[name] === undefined || answers[name] === '')
    setFault(open ? t('missing', { what: properties[open]?.title ?? open }) : '')
    if (open) return
    try {
      await put(voiceParcel(ask, known, answers, subject(answers), lane))
    } catch {
      return setFault(t('refused', { number: HELP_NUMBER }))
    }
    sendNow()
    onSent()
  }
  return (
    <form className="card work-form" noValidate aria-label={said(ask.label)} onSubmit={(event) => void submit(event)}>
      {Object.entries(properties).map(([name, question]) => (question['x-hexi-widget'] === 'textarea' ? (
        <div key={name} className="dictated">
          <label className="field">{question.title} {!required.includes(name) && <span>{t('optional')}</span>}
            <textarea rows={3} maxLength={question.maxLength ?? 500} value={String(answers[name] ?? '')} onChange={(event) => setAnswers({ ...answers, [name]: event.target.value })} />
          </label>
          <Dictate bare onWords={(heard) => setAnswers({ ...answers, [name]: `${String(answers[name] ?? '')}${heard}` })} />
        </div>
      ) : (
        <Questions key={name} schema={{ properties: { [name]: question }, required }} answers={answers} onAnswers={setAnswers} />
      )))}
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="submit" className="button primary wide big">{t('send')}</button>
      <p className="hint">{t('offline')}</p>
    </form>
  )
}

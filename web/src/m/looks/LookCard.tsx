/** One look: when, who, what, what for; what was asked about it, and a question more. */
import { useState } from 'react'
import { date, dayOf, time } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import type { Look } from '../data/looks'
import { useWaiting, Waiting } from '../mine/Waiting'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { lookLane, questionParcel } from './asking'

const words = texts({
  who: ['谁看的', 'Who'], what: ['看了什么', 'What'], why: ['用途', 'What for'],
  of: ['{register}：{fields}', '{register}: {fields}'], between: ['、', ', '],
  mine: ['我问的', 'I asked'], answer: ['单位答复', 'The office answered'], waits: ['已送到查看的单位，等待答复。', 'It is with the office that looked; the answer will stand here.'],
  ask: ['我有疑问', 'I have a question'], words: ['想问什么，或者哪里不同意', 'What you want to know, or do not agree with'],
  send: ['提交', 'Send'], empty: ['请写下您的疑问', 'Please write your question'], subject: ['对 {day} 查看的疑问', 'Question about the look of {day}'],
  refused: ['这部手机不让网页保存内容，暂时提交不了。请给社区打电话。', 'This phone does not let pages store anything. Please call the community.'],
})

interface LookOf { look: Look; secret: string; again: () => void }

export function LookCard({ look, secret, again }: LookOf) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const open = useWaiting('slip', lookLane(look.look), again)
  const fields = look.fields.map(said).join(t('between'))
  const office = [said(look.office) || said(look.place), said(look.post)].filter(Boolean).join(' ')
  const facts = [
    [t('who'), <>{office} <span>{look.who}</span></>], [t('what'), t('of', { register: [said(look.register), look.record].filter(Boolean).join(' '), fields })], [t('why'), said(look.purpose)],
  ] as const
  return (
    <>
      <section className="card look" aria-labelledby={`look-${look.look}`}>
        <h3 id={`look-${look.look}`}><time dateTime={look.at}>{date(look.at, lang)} {time(look.at)}</time></h3>
        <dl className="facts">{facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
        <Asked look={look} />
        {open.length === 0 && <Ask look={look} secret={secret} />}
      </section>
      <Waiting parcels={open} />
    </>
  )
}

function Asked({ look }: { look: Look }) {
  const t = useTexts(words)
  if (!look.questions.length) return null
  return (
    <ul className="entries">
      {look.questions.map(({ at, words: asked, answer, answered_at: answeredAt }) => (
        <li key={at}>
          <span className="hint">{t('mine')} · <time dateTime={at}>{dayOf(at)} {time(at)}</time></span>
          <p>{asked}</p>
          {answeredAt ? (
            <>
              <span className="hint">{t('answer')} · <time dateTime={answeredAt}>{dayOf(answeredAt)} {time(answeredAt)}</time></span>
              <p>{answer}</p>
            </>
          ) : <p className="hint">{t('waits')}</p>}
        </li>
      ))}
    </ul>
  )
}

function Ask({ look, secret }: { look: Look; secret: string }) {
  const t = useTexts(words)
  const [asking, setAsking] = useState(false)
  const [text, setText] = useState('')
  const [fault, setFault] = useState<'' | 'empty' | 'refused'>('')
  const send = async () => {
    if (text.trim().length < 2) return setFault('empty')
    try {
      await put(questionParcel(look, secret, text.trim(), t('subject', { day: dayOf(look.at) })))
    } catch {
      return setFault('refused')
    }
    setAsking(false)
    setText('')
    sendNow()
  }
  if (!asking) return <button type="button" className="button" onClick={() => setAsking(true)}>{t('ask')}</button>
  return (
    <form className="work-form" noValidate onSubmit={(event) => { event.preventDefault(); void send() }}>
      <label className="field">{t('words')}
        <textarea rows={3} maxLength={1000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {fault && <p className="fault" role="alert">{t(fault)}</p>}
      <button type="submit" className="button primary wide">{t('send')}</button>
    </form>
  )
}

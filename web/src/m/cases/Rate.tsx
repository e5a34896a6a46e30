import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import type { Progress } from '../data/cases'
import type { MyCase } from './mine'
import { reply } from './Replies'

const words = texts({
  title: ['办得怎么样？', 'How did it go?'],
  given: ['您已经评价过，一天之内可以修改。', 'You have rated it; you may change it within a day.'],
  solved: ['问题解决了吗？', 'Is it solved?'], satisfied: ['您满意吗？', 'Are you satisfied?'],
  yesSolved: ['解决了', 'Solved'], noSolved: ['没有解决', 'Not solved'], yesSatisfied: ['满意', 'Satisfied'], noSatisfied: ['不满意', 'Not satisfied'],
  words: ['想说的话', 'Anything to say'], optional: ['（可以不写）', '(optional)'], send: ['提交评价', 'Send'],
  missing: ['请回答两个问题', 'Please answer both questions'], rated: ['评价：{title}', 'Rated: {title}'],
})

export function Rate({ mine, body }: { mine: MyCase; body: Progress }) {
  const t = useTexts(words)
  const [solved, setSolved] = useState(body.rating?.solved ?? null)
  const [satisfied, setSatisfied] = useState(body.rating?.satisfied ?? null)
  const [said, setSaid] = useState(body.rating?.words ?? '')
  const [missing, setMissing] = useState(false)
  const send = async () => {
    setMissing(solved === null || satisfied === null)
    if (solved === null || satisfied === null) return
    await reply(mine, 'rate', t('rated', { title: body.title }), { solved, satisfied, words: said.trim() })
  }
  return (
    <form className="card rate" noValidate aria-labelledby="rate-title" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <h2 id="rate-title">{t('title')}</h2>
      {body.rating && <p className="hint">{t('given')}</p>}
      <YesNo name="solved" label={t('solved')} yes={t('yesSolved')} no={t('noSolved')} value={solved} onValue={setSolved} />
      <YesNo name="satisfied" label={t('satisfied')} yes={t('yesSatisfied')} no={t('noSatisfied')} value={satisfied} onValue={setSatisfied} />
      <label className="field">{t('words')} <span>{t('optional')}</span><textarea rows={3} maxLength={1000} value={said} onChange={(event) => setSaid(event.target.value)} /></label>
      {missing && <p className="fault" role="alert">{t('missing')}</p>}
      <button type="submit" className="button primary wide">{t('send')}</button>
    </form>
  )
}

interface YesNoProps { name: string; label: string; yes: string; no: string; value: boolean | null; onValue: (value: boolean) => void }

export function YesNo({ name, label, yes, no, value, onValue }: YesNoProps) {
  return (
    <fieldset className="options"><legend>{label}</legend>
      <label><input type="radio" name={name} checked={value === true} onChange={() => onValue(true)} /><span>{yes}</span></label>
      <label><input type="radio" name={name} checked={value === false} onChange={() => onValue(false)} /><span>{no}</span></label>
    </fieldset>
  )
}

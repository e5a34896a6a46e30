/** "I am standing here": one resident's statement on whether a project is done. It goes through the outbox. */
import { useState, type FormEvent } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { put } from '../outbox/outbox'
import { sendNow } from '../outbox/keepSending'
import type { SmallPhoto } from '../outbox/photo'
import { useHome } from '../place/home'
import { go } from '../routes'
import { PhotoField } from './PhotoField'
import { useTask } from './useTask'

const ADDRESS = '/api/records/projects.placecheck/actions/file_place_check'
const MOST_LETTERS = 500
const LEAST_LETTERS = 4

const words = texts({
  verdict: ['您在现场看到的是', 'What you see there'],
  confirms: ['做好了', 'It is done'],
  confirmsMore: ['和公布的进展一致', 'As published'],
  contests: ['还没做好', 'It is not done'],
  contestsMore: ['和公布的进展不一样', 'Not as published'],
  note: ['看到了什么', 'What you saw'],
  noteHint: ['例如：3 号楼门口的路灯晚上没有亮', 'For example: the lamp by door 3 is dark at night'],
  optional: ['（可以不写）', '(optional)'],
  place: ['我在{place}', 'I am in {place}'],
  placeMore: ['把社区名称一起提交；不会提交精确位置', 'Send the community with it; never the exact position'],
  submit: ['提交', 'Submit'],
  offline: ['没有网也可以提交，联网后自动发出。不用登录，也不记姓名。', 'Works without a network and is sent later. No account, no name.'],
  pickVerdict: ['请选一项：做好了，还是没做好', 'Choose one: done or not done'],
  writeNote: ['请写下哪里没做好，至少 {count} 个字', 'Say what is not done, in at least {count} letters'],
  refused: ['这部手机不让网页保存内容，暂时提交不了。请打 12345 反映。', 'This phone does not let pages store anything. Please call 12345.'],
})
export type Verdict = 'confirms' | 'contests'
type Fault = 'pickVerdict' | 'writeNote'

/** What is missing before a statement can go; a contested one needs its reason. */
export function faultOf(verdict: Verdict | null, note: string): Fault | null {
  if (!verdict) return 'pickVerdict'
  return verdict === 'contests' && note.trim().length < LEAST_LETTERS ? 'writeNote' : null
}

export function SayPage({ id }: { id: string }) {
  const said = useSaid()
  const { body } = useTask(id)
  return <SayForm id={id} title={body ? said(body.title) : ''} />
}

function SayForm({ id, title }: { id: string; title: Text }) {
  const t = useTexts(words)
  const home = useHome()
  const subject = useSaid()(title)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [note, setNote] = useState('')
  const [withPlace, setWithPlace] = useState(false)
  const [photo, setPhoto] = useState<SmallPhoto | null>(null)
  const [fault, setFault] = useState<Fault | 'refused' | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = faultOf(verdict, note)
    setFault(missing)
    if (missing) return document.getElementById(missing === 'writeNote' ? 'note' : 'verdict-confirms')?.focus()
    const place = withPlace && home?.code ? { place: home.code } : {}
    const values = { task: Number(id), verdict, note: note.trim(), ...place }
    try {
      await put({ kind: 'statement', address: ADDRESS, body: { values }, subject, photos: photo ? [{ ...photo, field: 'values.photo', file: null }] : [] })
    } catch {
      return setFault('refused')
    }
    sendNow()
    go({ page: 'mine' })
  }
  return (
    <form className="say" noValidate onSubmit={(event) => void submit(event)}>
      {subject && <p className="say-subject">{subject}</p>}
      <fieldset aria-describedby={fault === 'pickVerdict' ? 'fault' : undefined}>
        <legend>{t('verdict')}</legend>
        <div className="verdicts">
          {(['confirms', 'contests'] as const).map((key) => (
            <label key={key} className="verdict">
              <input id={`verdict-${key}`} type="radio" name="verdict" checked={verdict === key} onChange={() => { setVerdict(key); setFault(null) }} />
              <span><b>{t(key)}</b><span>{t(`${key}More`)}</span></span>
            </label>
          ))}
        </div>
      </fieldset>
      <label className="field" htmlFor="note">{t('note')} {verdict !== 'contests' && <span>{t('optional')}</span>}</label>
      <textarea id="note" rows={4} maxLength={MOST_LETTERS} value={note} placeholder={t('noteHint')} aria-invalid={fault === 'writeNote'}
        aria-describedby={fault === 'writeNote' ? 'fault' : undefined} onChange={(event) => { setNote(event.target.value); setFault(null) }} />
      <PhotoField photo={photo} onPhoto={setPhoto} />
      {home?.code && (
        <label className="tick">
          <input type="checkbox" checked={withPlace} onChange={(event) => setWithPlace(event.target.checked)} />
          <span>{t('place', { place: home.name })}<span>{t('placeMore')}</span></span>
        </label>
      )}
      {fault && <p id="fault" className="fault" role="alert">{t(fault, { count: LEAST_LETTERS })}</p>}
      <button type="submit" className="button primary wide">{t('submit')}</button>
      <p className="hint">{t('offline')}</p>
    </form>
  )
}

/** What whoever reported it can say later: how it went, that it is not put right, one more word or photo. All by the outbox. */
import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import type { Progress } from '../data/cases'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { useWaiting, Waiting } from '../mine/Waiting'
import { Photos, type TakenPhoto } from '../parts/Photos'
import type { MyCase } from './mine'
import { Rate } from './Rate'

const words = texts({
  add: ['补充一句话或一张照片', 'Add a word or a photo'],
  reopen: ['没有办好，要求重新办', 'It is not put right: open it again'],
  reopenWhy: ['可以要求重办一次，请写明哪里没有办好。', 'This can be asked for once. Say what is not put right.'],
  said: ['内容', 'What you want to say'], reason: ['哪里没有办好', 'What is not put right'],
  send: ['提交', 'Send'],
  empty: ['请写几个字，或附一张照片', 'Write something, or add a photo'],
  tooShort: ['请至少写两个字', 'Write two letters at least'],
  added: ['补充：{title}', 'Added: {title}'], again: ['要求重办：{title}', 'Open again: {title}'],
})
const MOST = 4

export function Replies({ mine, body, again }: { mine: MyCase; body: Progress; again: () => void }) {
  const t = useTexts(words)
  const open = useWaiting('reply', mine.number, again)
  return (
    <>
      <Waiting parcels={open} />
      {body.may.rate && <Rate mine={mine} body={body} />}
      {body.may.reopen && <Say mine={mine} what="reopen" title={t('again', { title: body.title })} />}
      {body.may.add && <Say mine={mine} what="add" title={t('added', { title: body.title })} />}
    </>
  )
}

export async function reply(mine: MyCase, what: 'add' | 'reopen' | 'rate', subject: string, body: Record<string, unknown>, photos: TakenPhoto[] = []): Promise<void> {
  await put({
    kind: 'reply', address: `/api/cases/${mine.number}/${what}`, subject, body, secret: mine.secret, lane: mine.number, adds: what === 'add',
    photos: photos.map(({ name, type, bytes }) => ({ field: 'files[]', name, type, bytes, file: null })),
  })
  sendNow()
}

function Say({ mine, what, title }: { mine: MyCase; what: 'add' | 'reopen'; title: string }) {
  const t = useTexts(words)
  const [said, setSaid] = useState('')
  const [photos, setPhotos] = useState<TakenPhoto[]>([])
  const [fault, setFault] = useState<'empty' | 'tooShort' | null>(null)
  const isReopen = what === 'reopen'
  const send = async () => {
    const missing = isReopen && said.trim().length < 2 ? 'tooShort' : !said.trim() && !photos.length ? 'empty' : null
    setFault(missing)
    if (missing) return
    await reply(mine, what, title, isReopen ? { reason: said.trim() } : { text: said.trim() }, photos)
    setSaid('')
    setPhotos([])
  }
  return (
    <details className="card reply">
      <summary>{t(what)}</summary>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void send() }}>
        {isReopen && <p className="hint">{t('reopenWhy')}</p>}
        <label className="field">{t(isReopen ? 'reason' : 'said')}
          <textarea rows={3} maxLength={1000} value={said} onChange={(event) => { setSaid(event.target.value); setFault(null) }} />
        </label>
        <Photos photos={photos} most={MOST} onPhotos={setPhotos} />
        {fault && <p className="fault" role="alert">{t(fault)}</p>}
        <button type="submit" className="button primary wide">{t('send')}</button>
      </form>
    </details>
  )
}

import { dayOf, time } from '../../shared/format'
import { texts, useTexts } from '../../shared/i18n'
import { discard, retry } from '../outbox/outbox'
import type { Parcel, Refusal } from '../outbox/parcel'
import { Conflict } from './Conflict'

const words = texts({
  waiting: ['待发送', 'Waiting'],
  sent: ['已发送', 'Sent'],
  refused: ['失败', 'Failed'],
  conflict: ['请您决定', 'You decide'],
  confirms: ['我说：做好了', 'I said: it is done'],
  contests: ['我说：还没做好', 'I said: not done'],
  report: ['新上报', 'New report'],
  support: ['我也遇到了', 'Me too'],
  reply: ['补充或评价', 'A word more'],
  slip: ['我的答复', 'My answer'],
  voice: ['我反映的', 'What I said'],
  waitingWhy: ['已存在手机里，有网后自动发出。', 'Saved on the phone; sent when there is a network.'],
  tried: ['已试 {count} 次，还没连上。', 'Tried {count} times without reaching the server.'],
  sentWhy: ['{day} {time} 发出，编号 {number}', 'Sent at {time} on {day}, number {number}'],
  sendNow: ['现在就发', 'Send now'],
  retry: ['重新发送', 'Send again'],
  withoutPhoto: ['不带照片再发', 'Send without the photo'],
  discard: ['从手机上删掉', 'Remove from the phone'],
  photos: ['带 {n} 张照片', 'with photos: {n}'],
})

const verdictOf = ({ kind, body }: Parcel): keyof typeof words | null => {
  if (kind === 'work') return null
  if (kind !== 'statement') return kind
  return (body['values'] as Record<string, unknown> | undefined)?.['verdict'] === 'contests' ? 'contests' : 'confirms'
}

/** The words that were written, whichever way they are sent. */
function noteOf({ body }: Parcel): string {
  const values = (body['values'] ?? {}) as Record<string, unknown>
  const found = [values['note'], values['words'], values['result'], body['why'], body['description'], body['text'], body['reason'], body['words']]
  return found.filter((text): text is string => typeof text === 'string' && text !== '').join(' ')
}

/** One thing that was submitted: its words, its state, and what can be done about it. */
export function ParcelCard({ parcel, onSend }: { parcel: Parcel; onSend: () => void }) {
  const t = useTexts(words)
  const { client_id, subject, photos, state, refusal } = parcel
  const note = noteOf(parcel)
  const verdict = verdictOf(parcel)
  const what = [verdict && t(verdict), photos.length > 0 && t('photos', { n: photos.length })].filter(Boolean).join(' · ')
  const again = async (how: Parameters<typeof retry>[1]) => {
    await retry(client_id, how)
    onSend()
  }
  return (
    <li className="parcel">
      <div className="parcel-head"><b>{subject}</b><em className="parcel-state" data-state={state}>{t(state)}</em></div>
      {what && <p>{what}</p>}
      {note && <blockquote>{note}</blockquote>}
      <State parcel={parcel} />
      {state === 'conflict' && <Conflict parcel={parcel} onStill={() => void again({ onPresent: true })} />}
      <div className="buttons">
        {state === 'waiting' && <button type="button" className="button" onClick={onSend}>{t('sendNow')}</button>}
        {state === 'refused' && <button type="button" className="button primary" onClick={() => void again({})}>{t('retry')}</button>}
        {state === 'refused' && photos.length > 0 && <button type="button" className="button" onClick={() => void again({ dropPhoto: true })}>{t('withoutPhoto')}</button>}
        {(state !== 'waiting' || refusal) && <button type="button" className="button quiet" onClick={() => void discard(client_id)}>{t('discard')}</button>}
      </div>
    </li>
  )
}

function State({ parcel: { state, tries, sent_at, record, refusal } }: { parcel: Parcel }) {
  const t = useTexts(words)
  if (state === 'conflict') return null
  if (state === 'refused' && refusal) return <Reason refusal={refusal} />
  if (state === 'sent') return <p className="hint">{t('sentWhy', { day: dayOf(sent_at), time: time(sent_at), number: record ?? '–' })}</p>
  return <p className="hint">{t('waitingWhy')}{tries > 0 && ` ${t('tried', { count: tries })}`}</p>
}

function Reason({ refusal: { title, detail, messages, do: advice } }: { refusal: Refusal }) {
  return <p className="fault" role="alert">{[title, detail, ...messages, advice].filter(Boolean).join(' ')}</p>
}

import { dayOf, time } from '../../shared/format'
import { texts, useTexts } from '../../shared/i18n'
import { discard, retry } from '../outbox/outbox'
import type { Parcel, Refusal } from '../outbox/parcel'

const words = texts({
  waiting: ['待发送', 'Waiting'],
  sent: ['已发送', 'Sent'],
  refused: ['失败', 'Failed'],
  confirms: ['我说：做好了', 'I said: it is done'],
  contests: ['我说：还没做好', 'I said: not done'],
  waitingWhy: ['已存在手机里，有网后自动发出。', 'Saved on the phone; sent when there is a network.'],
  tried: ['已试 {count} 次，还没连上。', 'Tried {count} times without reaching the server.'],
  sentWhy: ['{day} {time} 发出，编号 {number}', 'Sent at {time} on {day}, number {number}'],
  sendNow: ['现在就发', 'Send now'],
  retry: ['重新发送', 'Send again'],
  withoutPhoto: ['不带照片再发', 'Send without the photo'],
  discard: ['从手机上删掉', 'Remove from the phone'],
  photo: ['，带一张照片', ', with a photo'],
})

/** One thing that was submitted: its words, its state, and what can be done about it. */
export function ParcelCard({ parcel, onSend }: { parcel: Parcel; onSend: () => void }) {
  const t = useTexts(words)
  const { client_id, values, subject, photo, state, refusal } = parcel
  const again = async (dropPhoto: boolean) => {
    await retry(client_id, { dropPhoto })
    onSend()
  }
  return (
    <li className="parcel">
      <div className="parcel-head"><b>{subject}</b><em className="parcel-state" data-state={state}>{t(state)}</em></div>
      <p>{t(values['verdict'] === 'contests' ? 'contests' : 'confirms')}{photo && t('photo')}</p>
      {typeof values['note'] === 'string' && values['note'] && <blockquote>{values['note']}</blockquote>}
      <State parcel={parcel} />
      <div className="buttons">
        {state === 'waiting' && <button type="button" className="button" onClick={onSend}>{t('sendNow')}</button>}
        {state === 'refused' && <button type="button" className="button primary" onClick={() => void again(false)}>{t('retry')}</button>}
        {state === 'refused' && photo && <button type="button" className="button" onClick={() => void again(true)}>{t('withoutPhoto')}</button>}
        {(state !== 'waiting' || refusal) && <button type="button" className="button quiet" onClick={() => void discard(client_id)}>{t('discard')}</button>}
      </div>
    </li>
  )
}

function State({ parcel: { state, tries, sent_at, record, refusal } }: { parcel: Parcel }) {
  const t = useTexts(words)
  if (state === 'refused' && refusal) return <Reason refusal={refusal} />
  if (state === 'sent') return <p className="hint">{t('sentWhy', { day: dayOf(sent_at), time: time(sent_at), number: record ?? '–' })}</p>
  return <p className="hint">{t('waitingWhy')}{tries > 0 && ` ${t('tried', { count: tries })}`}</p>
}

function Reason({ refusal: { title, detail, messages, do: advice } }: { refusal: Refusal }) {
  return <p className="fault" role="alert">{[title, detail, ...messages, advice].filter(Boolean).join(' ')}</p>
}

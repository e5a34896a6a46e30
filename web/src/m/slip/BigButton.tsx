/** The one large button of a page that has one: it sends at once, may be pressed again, and says plainly when nothing was sent. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import type { Sheet } from '../data/slip'
import { useWaiting } from '../mine/Waiting'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { slipLane, slipParcel } from './answering'
import { isNumber } from './Ways'

const EMERGENCY = '120'
const words = texts({
  sending: ['正在发出……', 'Sending…'],
  sent: ['已经发出。请留在原地，等人来。', 'It was sent. Stay where you are: somebody is being called.'],
  waits: ['还没有发出去！手机正在不停地再试。请马上打电话：', 'Not sent yet! The phone keeps trying. Please call now:'],
  call: ['打 {number}', 'Call {number}'], steward: ['打给{what}', 'Call: {what}'],
})

export function BigButton({ sheet, button, secret, again, isCut }: { sheet: Sheet; button: Text; secret: string; again: () => void; isCut?: boolean }) {
  const t = useTexts(words)
  const said = useSaid()
  const [pressed, setPressed] = useState<'' | 'sending' | 'put' | 'refused'>('')
  const open = useWaiting('slip', slipLane(sheet.key, secret), again)
  const press = async () => {
    setPressed('sending')
    try {
      await put(slipParcel(sheet, secret, {}, said(button)))
      setPressed('put')
      sendNow()
    } catch {
      setPressed('refused')
    }
  }
  const isStuck = pressed === 'refused' || open.some(({ tries, refusal }) => tries > 0 || refusal) || (isCut && open.length > 0)
  const word = isStuck ? t('waits') : open.length || pressed === 'sending' ? t('sending') : pressed ? t('sent') : ''
  const numbers = sheet.facts.filter(isNumber)
  return (
    <section className="big-press" aria-label={said(button)}>
      <button type="button" className="big-button" onClick={() => void press()}>{said(button)}</button>
      <p role="alert" data-stuck={isStuck || undefined}>{word}</p>
      {(isStuck || pressed || isCut) && (
        <>
          {numbers.map(({ label, link }) => <a key={link} className="button wide big" href={link}>{t('steward', { what: said(label) })}</a>)}
          <a className="button wide big" href={`tel:${EMERGENCY}`}>{t('call', { number: EMERGENCY })}</a>
        </>
      )}
    </section>
  )
}

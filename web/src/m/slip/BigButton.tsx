/** The one large button of a page that has one: it sends at once, may be pressed again, and says plainly when nothing was sent. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import type { Sheet } from '../data/slip'
import { useWaiting } from '../mine/Waiting'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { slipLane, slipParcel } from './answering'

const EMERGENCY = '120'
const words = texts({
  sent: ['已经发出。请留在原地，等人来。', 'It was sent. Stay where you are: somebody is being called.'],
  waits: ['还没有发出去，正在再试。请直接打电话：', 'Not sent yet; it is being tried again. Please call:'],
  call: ['打 {number}', 'Call {number}'],
})

export function BigButton({ sheet, button, secret, again }: { sheet: Sheet; button: Text; secret: string; again: () => void }) {
  const t = useTexts(words)
  const said = useSaid()
  const [pressed, setPressed] = useState(false)
  const [refused, setRefused] = useState(false)
  const open = useWaiting('slip', slipLane(sheet.key, secret), again)
  const press = async () => {
    setPressed(true)
    try {
      await put(slipParcel(sheet, secret, {}, said(button)))
      setRefused(false)
      sendNow()
    } catch {
      setRefused(true)
    }
  }
  const stuck = refused || open.length > 0
  return (
    <section className="big-press" aria-label={said(button)}>
      <button type="button" className="big-button" onClick={() => void press()}>{said(button)}</button>
      <p role="alert">{pressed && (stuck ? t('waits') : t('sent'))}</p>
      {(stuck || pressed) && <a className="button wide big" href={`tel:${EMERGENCY}`}>{t('call', { number: EMERGENCY })}</a>}
    </section>
  )
}

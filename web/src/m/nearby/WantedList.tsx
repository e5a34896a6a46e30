/** What neighbours ask for: supported with one tap, once for each device, counted by the server. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import type { Around, Wanted } from '../data/nearby'
import { useWaiting, Waiting } from '../mine/Waiting'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { useParcels } from '../outbox/useParcels'
import { laneOf, voiceParcel } from './sending'

const words = texts({
  title: ['邻居们希望有的', 'What neighbours ask for'], count: ['{n} 人需要', '{n} ask for it'],
  mine: ['我也需要', 'Me too'], said: ['您已经表示需要', 'You asked for it'], answer: ['答复：{text}', 'Answer: {text}'],
})

export function WantedList({ around, again }: { around: Around; again: () => void }) {
  const t = useTexts(words)
  const open = useWaiting('voice', laneOf('wish', around.key), again)
  if (!around.wanted.length && !open.length) return null
  return (
    <>
      <Waiting parcels={open} />
      {around.wanted.length > 0 && (
        <section className="card" aria-labelledby="wanted-title">
          <h2 id="wanted-title">{t('title')}</h2>
          <ul className="wanted">{around.wanted.map((one) => <One key={one.id} around={around} one={one} />)}</ul>
        </section>
      )}
    </>
  )
}

function One({ around, one }: { around: Around; one: Wanted }) {
  const t = useTexts(words)
  const said = useSaid()
  const kind = said(around.kinds.find(({ key }) => key === one.kind)?.label)
  const { support } = around.asks
  const mine = useParcels().some(({ kind: what, address, record }) => what === 'voice' && (address.includes(`/${one.id}/`) || record === one.id))
  const send = async (ask: typeof support) => {
    if (!ask) return
    await put(voiceParcel(ask, { record: one.id }, {}, joined('colon', [t('mine'), kind]), laneOf('wish', around.key)))
    sendNow()
  }
  return (
    <li>
      <p><b>{kind}</b> <span className="hint">{joined('comma', [said(one.place_name), said(one.state)])}</span></p>
      <p className="figures">{t('count', { n: one.supporters })}</p>
      {one.answer && <p>{t('answer', { text: one.answer })}</p>}
      {support && (mine ? <p className="hint" role="status">{t('said')}</p> : <button type="button" className="button" onClick={() => void send(support)}>{t('mine')}</button>)}
    </li>
  )
}

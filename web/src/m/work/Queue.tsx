/** What waits on this phone, and what somebody else was faster with: never lost, never sent twice, decided by whoever wrote it. */
import { useEffect } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { ParcelCard } from '../mine/ParcelCard'
import { sendNow } from '../outbox/keepSending'
import { useParcels } from '../outbox/useParcels'
import type { Worker } from './account'

const words = texts({
  title: ['手机里待发送', 'Waiting on this phone'],
  none: ['全部已发送', 'Everything is sent'],
  others: ['另有 {n} 件属于其他账号，要等那个账号登录后发出。', '{n} more belong to other accounts and wait for them to sign in.'],
})

export function Queue({ worker, lane, onArrived }: { worker: Worker; lane?: string; onArrived: () => void }) {
  const t = useTexts(words)
  const all = useParcels().filter(({ account }) => account !== null)
  const mine = all.filter((parcel) => parcel.account === worker.id && (!lane || parcel.lane === lane))
  const open = mine.filter(({ state }) => state !== 'sent').reverse()
  const others = lane ? 0 : all.filter(({ account, state }) => account !== worker.id && state !== 'sent').length
  const arrived = mine.length - open.length
  useEffect(() => {
    if (arrived) onArrived()
  }, [arrived, onArrived])
  if (!open.length && !others) return lane ? null : <p className="hint all-sent" role="status">{t('none')}</p>
  return (
    <section className="card" aria-labelledby="queue-title">
      <h2 id="queue-title" aria-live="polite">{t('title')} <span className="num">{open.length}</span></h2>
      <ul className="parcels">{open.map((parcel) => <ParcelCard key={parcel.client_id} parcel={parcel} onSend={sendNow} />)}</ul>
      {others > 0 && <p className="hint">{t('others', { n: others })}</p>}
    </section>
  )
}

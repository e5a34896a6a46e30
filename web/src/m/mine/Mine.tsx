/** What I said: the queue with its states. Below it the settings of this phone. */
import { texts, useTexts } from '../../shared/i18n'
import { sendNow } from '../outbox/keepSending'
import { useParcels } from '../outbox/useParcels'
import { Link } from '../parts/Link'
import { Device } from './Device'
import { ParcelCard } from './ParcelCard'

const words = texts({
  title: ['我说过的', 'What I said'],
  kept: ['只存在这部手机里；发出后由区里核对。', 'Kept on this phone only; the district checks what was sent.'],
  none: ['还没有提交过。到了现场，可以说一句做好了没有。', 'Nothing yet. When you stand there, say whether it is done.'],
  say: ['我在现场，说一句', 'I am there'],
})

export function Mine() {
  const t = useTexts(words)
  const parcels = useParcels()
  return (
    <>
      <section className="card" aria-labelledby="mine-title">
        <header><h2 id="mine-title">{t('title')}</h2></header>
        {parcels.length === 0 ? (
          <div className="note"><p>{t('none')}</p><Link to={{ page: 'pick' }} className="button primary">{t('say')}</Link></div>
        ) : (
          <>
            <p className="hint">{t('kept')}</p>
            <ul className="parcels">{parcels.map((parcel) => <ParcelCard key={parcel.client_id} parcel={parcel} onSend={sendNow} />)}</ul>
          </>
        )}
      </section>
      <Device />
    </>
  )
}

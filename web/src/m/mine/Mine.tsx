/** What I said: the queue with its states. Below it the settings of this phone. */
import { texts, useTexts } from '../../shared/i18n'
import { sendNow } from '../outbox/keepSending'
import { useParcels } from '../outbox/useParcels'
import type { Parcel } from '../outbox/parcel'
import { Link } from '../parts/Link'
import { Device } from './Device'
import { ParcelCard } from './ParcelCard'

const words = texts({
  title: ['我说过的', 'What I said'],
  kept: ['只存在这部手机里；发出后由区里核对。', 'Kept on this phone only; the district checks what was sent.'],
  none: ['还没有提交过。到了现场，可以说一句做好了没有。', 'Nothing yet. When you stand there, say whether it is done.'],
  say: ['我在现场，说一句', 'I am there'],
  cases: ['我的上报', 'My reports'], report: ['随手报', 'Report something'],
  waits: ['{n} 件上报还在手机里，点按查看', '{n} reports are still on this phone: look'],
  workWaits: ['{n} 件工作还在手机里，点按查看', '{n} pieces of work are still on this phone: look'],
  looks: ['谁查看过我的信息', 'Who looked at my data'],
  work: ['工作人员入口', 'For staff'],
  install: ['放到手机桌面', 'Put it on the home screen'],
  installHow: ['安卓：浏览器菜单里点“安装应用”或“添加到主屏幕”。苹果：在 Safari 里点分享，再点“添加到主屏幕”。装好后没有网也能打开。', 'Android: “Install app” in the browser menu. iPhone: Share in Safari, then “Add to Home Screen”. It then opens without a network.'],
})

export function Mine() {
  const t = useTexts(words)
  const all = useParcels()
  const isSaid = ({ kind }: Parcel) => kind === 'statement' || kind === 'slip' || kind === 'voice'
  const parcels = all.filter(isSaid)
  const open = all.filter((parcel) => !isSaid(parcel) && parcel.state !== 'sent')
  const work = open.filter(({ kind }) => kind === 'work').length
  return (
    <>
      <nav className="buttons ways-in" aria-label={t('cases')}>
        <Link to={{ page: 'report' }} className="button primary">{t('report')}</Link>
        <Link to={{ page: 'cases' }} className="button">{t('cases')}</Link>
      </nav>
      {open.length > work && <Link to={{ page: 'cases' }} className="notice">{t('waits', { n: open.length - work })}</Link>}
      {work > 0 && <Link to={{ page: 'work' }} className="notice">{t('workWaits', { n: work })}</Link>}
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
      <section className="card" aria-labelledby="install-title"><h2 id="install-title">{t('install')}</h2><p className="hint">{t('installHow')}</p></section>
      <Link to={{ page: 'looks', id: '' }} className="button wide">{t('looks')}</Link>
      <Link to={{ page: 'work' }} className="button wide">{t('work')}</Link>
    </>
  )
}

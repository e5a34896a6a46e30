/** 我的上报: what waits on the phone, and what the district has, each with where it stands. */
import { dayOf } from '../../shared/format'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { ParcelCard } from '../mine/ParcelCard'
import { sendNow } from '../outbox/keepSending'
import { useParcels } from '../outbox/useParcels'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import '../style/cases.css'
import type { MyCase } from './mine'
import { useProgress } from './progress'
import { useMyCases } from './useMyCases'

const words = texts({
  queue: ['还在手机里', 'Still on this phone'],
  queueWhy: ['有网后自动发出，关掉网页也不会丢。', 'Sent when there is a network; closing the page loses nothing.'],
  mine: ['我的上报', 'My reports'],
  kept: ['查询码只存在这部手机里，换手机或清除浏览器数据后就看不到了。', 'What lets you follow them is on this phone only; another phone does not show them.'],
  none: ['还没有上报过。', 'No report yet.'],
  report: ['随手报', 'Report something'],
  supported: ['我也遇到了', 'Me too'],
  number: ['编号 {number}', 'Number {number}'],
  since: ['{day} 起关注', 'followed since {day}'],
})

export function CasesPage() {
  const t = useTexts(words)
  const waiting = useParcels().filter(({ kind, state }) => (kind === 'report' || kind === 'support' || kind === 'reply') && state !== 'sent')
    .filter(({ account }) => account === null)
  const mine = useMyCases()
  return (
    <>
      <Link to={{ page: 'report' }} className="button primary wide big"><Icon name="camera" />{t('report')}</Link>
      {waiting.length > 0 && (
        <section className="card" aria-labelledby="queue-title">
          <h2 id="queue-title">{t('queue')}</h2>
          <p className="hint">{t('queueWhy')}</p>
          <ul className="parcels">{waiting.map((parcel) => <ParcelCard key={parcel.client_id} parcel={parcel} onSend={sendNow} />)}</ul>
        </section>
      )}
      <section className="card" aria-labelledby="mine-title">
        <h2 id="mine-title">{t('mine')}</h2>
        {mine.length === 0 ? <p className="note">{t('none')}</p> : <ul className="my-cases">{mine.map((one) => <Row key={one.number} one={one} />)}</ul>}
        <p className="hint">{t('kept')}</p>
      </section>
    </>
  )
}

function Row({ one }: { one: MyCase }) {
  const t = useTexts(words)
  const said = useSaid()
  const { body } = useProgress(one.number, one.secret)
  return (
    <li>
      <Link to={{ page: 'case', id: one.number }} className="my-case">
        <span className="my-case-text">
          <b>{body?.title ?? one.title}</b>
          <span className="hint">{t('number', { number: one.number })}{!one.reported && ` · ${t('supported')}`} · {t('since', { day: dayOf(one.kept_at) })}</span>
        </span>
        {body?.stage && <em className="stage" data-phase={body.phase}>{said(body.stage)}</em>}
        <Icon name="forward" />
      </Link>
    </li>
  )
}

/** Before it is sent: is it one of those that others reported here already? "Me too" counts more than a second report. */
import { useEffect } from 'react'
import { dayOf } from '../../shared/format'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { nearAddress, type Like } from '../data/cases'
import { useKept } from '../data/kept'
import { Problem } from '../../shared/api'
import { Skeleton } from '../../shared/States'
import { put } from '../outbox/outbox'
import { sendNow } from '../outbox/keepSending'
import { go } from '../routes'
import { clearReport, keepStep, useReport } from './draft'
import { goStep, Step } from './Step'

const words = texts({
  title: ['是不是其中一件？', 'Is it one of these?'],
  help: ['附近有人反映过类似的事。是同一件，就点“我也遇到了”，办得更快。', 'Others reported something like it here. If it is the same, press “me too”: it is handled sooner.'],
  me: ['我也遇到了', 'Me too'],
  which: ['我也遇到了：{title}', 'Me too: {title}'],
  other: ['都不是，继续上报', 'None of these: go on'],
  none: ['附近没有类似的上报', 'Nothing like it was reported nearby'],
  go: ['继续', 'Continue'],
  offline: ['现在没有网络，查不到附近的上报。可以继续，联网后由工作人员并案。', 'There is no network to look for others. Go on: staff join double reports later.'],
  since: ['{day} 上报', 'reported {day}'],
})

export function NearStep() {
  const t = useTexts(words)
  const { spot, kind, category } = useReport()
  const address = spot?.point && kind ? nearAddress(kind, category, spot.point) : null
  const { body, error } = useKept<{ cases: Like[] }>(address)
  const waits = address !== null && !body && !error
  const likes = body?.cases ?? []
  if (waits) return <Step title={t('title')}><Skeleton lines={3} height="3.5rem" /></Step>
  if (!likes.length) return <Nothing offline={error instanceof Problem && error.status === 0} />
  return (
    <Step title={t('title')} help={t('help')} next={t('other')} onNext={() => void goStep('who')}>
      <ul className="likes">{likes.map((like) => <LikeCard key={like.number} like={like} />)}</ul>
    </Step>
  )
}

/** Where nothing is near there is no question: the reader goes on and is told so there. */
function Nothing({ offline }: { offline: boolean }) {
  const t = useTexts(words)
  useEffect(() => {
    if (!offline) void keepStep('who')
  }, [offline])
  return <Step title={t('none')} next={t('go')} onNext={() => void goStep('who')}>{offline && <p className="note" role="status">{t('offline')}</p>}</Step>
}

function LikeCard({ like }: { like: Like }) {
  const t = useTexts(words)
  const said = useSaid()
  const support = async () => {
    await put({ kind: 'support', address: `/api/cases/${like.number}/support`, body: {}, subject: like.title, photos: [] })
    await clearReport()
    sendNow()
    go({ page: 'cases' })
  }
  return (
    <li className="card like">
      <b>{like.title}</b>
      <span>{said(like.words)}</span>
      <span className="hint">{said(like.stage)} · {t('since', { day: dayOf(like.opened_at) })}</span>
      <button type="button" className="button primary" aria-label={t('which', { title: like.title })} onClick={() => void support()}>{t('me')}</button>
    </li>
  )
}

import { texts, useTexts } from '../../shared/i18n'
import { useLook } from '../../shared/theme'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { HELP_NUMBER } from '../parts/help'

const words = texts({
  actions: ['常用', 'Main actions'],
  report: ['随手报', 'Report'],
  reportMore: ['拍照反映问题', 'A photo of what is wrong'],
  cases: ['我的上报', 'My reports'],
  casesMore: ['办到哪一步了', 'How far it has come'],
  nearby: ['身边 15 分钟', 'Within 15 minutes'],
  nearbyMore: ['现在开着的店和服务', 'Shops and services open now'],
  say: ['我在现场', 'I am there'],
  sayMore: ['说说做好没有', 'Say if it is done'],
  all: ['民心工程', 'The programme'],
  allMore: ['20 项全部进展', 'All 20 projects'],
  call: ['打 {number}', 'Call {number}'],
  callMore: ['直接找人工帮忙', 'Talk to a person'],
})

/** The big ways in: five for everybody; in the elder view four, one of them a person on the phone. */
export function Actions() {
  const t = useTexts(words)
  const elder = useLook((look) => look.elder) !== null
  return (
    <nav className="actions" aria-label={t('actions')}>
      <Link to={{ page: 'report' }} className="action primary"><Icon name="camera" /><b>{t('report')}</b><span>{t('reportMore')}</span></Link>
      <Link to={{ page: 'cases' }} className="action"><Icon name="check" /><b>{t('cases')}</b><span>{t('casesMore')}</span></Link>
      <Link to={{ page: 'nearby', of: '' }} className="action across"><Icon name="pin" /><b>{t('nearby')}</b><span>{t('nearbyMore')}</span></Link>
      {elder && <a href={`tel:${HELP_NUMBER}`} className="action"><Icon name="phone" /><b>{t('call', { number: HELP_NUMBER })}</b><span>{t('callMore')}</span></a>}
      {!elder && <Link to={{ page: 'pick' }} className="action"><Icon name="pen" /><b>{t('say')}</b><span>{t('sayMore')}</span></Link>}
      {!elder && <Link to={{ page: 'programme' }} className="action"><Icon name="list" /><b>{t('all')}</b><span>{t('allMore')}</span></Link>}
    </nav>
  )
}

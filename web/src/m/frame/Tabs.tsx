import { texts, useTexts } from '../../shared/i18n'
import { useParcels } from '../outbox/useParcels'
import { Icon, type IconName } from '../parts/Icon'
import { Link } from '../parts/Link'
import type { Route } from '../routes'

const words = texts({
  nav: ['主导航', 'Main'],
  near: ['附近', 'Near'],
  programme: ['工程', 'Projects'],
  district: ['全区', 'District'],
  mine: ['我的', 'Mine'],
  waiting: ['{count} 条待发送或失败', '{count} waiting or failed'],
})
const TABS: readonly { page: 'near' | 'programme' | 'district' | 'mine'; icon: IconName }[] = [
  { page: 'near', icon: 'pin' }, { page: 'programme', icon: 'list' }, { page: 'district', icon: 'district' }, { page: 'mine', icon: 'person' },
]

export function Tabs({ route }: { route: Route }) {
  const t = useTexts(words)
  const open = useParcels().filter((parcel) => parcel.state !== 'sent').length
  return (
    <nav className="tabs" aria-label={t('nav')}>
      {TABS.map(({ page, icon }) => (
        <Link key={page} to={{ page }} aria-current={route.page === page ? 'page' : undefined}>
          <Icon name={icon} /><span>{t(page)}</span>
          {page === 'mine' && open > 0 && <b className="badge num" role="img" aria-label={t('waiting', { count: open })}>{open}</b>}
        </Link>
      ))}
    </nav>
  )
}

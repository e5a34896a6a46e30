import { Link, Navigate } from 'react-router'
import { useTexts } from '../../shared/i18n'
import { useSession } from '../../shared/session'
import { Skeleton } from '../../shared/States'
import './board.css'
import { RESCUE } from '../alarms/api'
import { CASE } from '../cases/api'
import { useLabel } from '../labels'
import { alarmsPath, casesPath } from '../paths'
import { Crumbs } from '../shell/Crumbs'
import { placeOf, useMenu, usePages } from '../shell/menu'
import { shellWords } from '../shell/words'

/** Registers whose work has a desk of its own. */
const DESKS: Record<string, string> = { [CASE]: casesPath, [RESCUE]: alarmsPath }

/** Where the reader's day starts; without such a place, the menu as cards. */
export default function Home() {
  const t = useTexts(shellWords)
  const label = useLabel()
  const menu = useMenu()
  const pages = usePages()
  const name = useSession().data?.account?.name ?? ''
  if (menu.isPending || pages.isPending)
    return (
      <div className="page">
        <Skeleton lines={8} />
      </div>
    )
  const items = menu.data?.groups.flatMap((group) => group.items) ?? []
  const known = pages.data ?? []
  const start = items.find((item) => item.home)
  if (start) return <Navigate to={DESKS[start.open.entity ?? ''] ?? placeOf(start, known).to} replace />
  return (
    <div className="page home">
      <Crumbs path={[]} />
      <h1>{t('welcome', { name })}</h1>
      <p className="meta">{t('welcomeHelp')}</p>
      <div className="home-cards">
        {menu.data?.groups.map((group) => (
          <section key={group.key} className="card">
            <h2>{label(group.label)}</h2>
            <ul>
              {group.items.map((item) => {
                const { to, outside } = placeOf(item, known)
                return <li key={item.key}>{outside ? <a href={to}>{label(item.label)}</a> : <Link to={to}>{label(item.label)}</Link>}</li>
              })}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}

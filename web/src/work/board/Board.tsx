import { lazy, Suspense, useEffect } from 'react'
import { Link } from 'react-router'
import { How } from '../../blocks/How'
import { Panel } from '../../blocks/Panel'
import { useSaid } from '../../shared/i18n'
import { narrow, useScope } from '../../shared/scope'
import type { Page, Panel as Spec } from '../../shared/spec'
import { Skeleton } from '../../shared/States'
import { pagePath } from '../paths'
import './board.css'
import './embeds'
import { ScopeBar } from './ScopeBar'
import { useScopeBridge } from './useScopeBridge'

const RecordsPanel = lazy(() => import('./RecordsPanel'))

const AREAS = ['strip', 'main', 'left', 'right', 'bottom'] as const

/** Scopes with a default have it from the start, and the address says so. */
function useDefaults(page: Page, ready: boolean): void {
  const scope = useScope()
  useEffect(() => {
    if (!ready) return
    const missing = Object.entries(page.scope ?? {}).filter(([name, one]) => one.default && !scope[name])
    if (missing.length) narrow(Object.fromEntries(missing.map(([name, one]) => [name, String(one.default)])), true)
  }, [page, ready, scope])
}

function One({ panel }: { panel: Spec }) {
  if (panel.kind !== 'records') return <Panel panel={panel} />
  return (
    <Suspense fallback={<Skeleton lines={5} />}>
      <RecordsPanel panel={panel} />
    </Suspense>
  )
}

function Tabs({ page }: { page: Page }) {
  const said = useSaid()
  if (!page.tabs?.length) return null
  return (
    <nav className="board-tabs">
      {page.tabs.map((tab) => (
        <Link key={tab.id} to={pagePath(tab.page)} aria-current={tab.page === page.id ? 'page' : undefined}>
          {said(tab.title)}
        </Link>
      ))}
    </nav>
  )
}

/** A page of panels at the desk: the same blocks as on the screen, laid out for reading and working. */
export function Board({ page }: { page: Page }) {
  const said = useSaid()
  const ready = useScopeBridge()
  useDefaults(page, ready)
  return (
    <>
      <header className="board-head">
        <h1>{said(page.title)}</h1>
        <ScopeBar page={page} />
      </header>
      {page.about && <p className="board-about meta">{said(page.about)}</p>}
      <Tabs page={page} />
      {ready && (
        <div className="board">
          {AREAS.map((area) => {
            const panels = page.panels.filter((panel) => panel.area === area)
            return (
              panels.length > 0 && (
                <div key={area} className="board-area" data-area={area}>
                  {panels.map((panel) => (
                    <One key={panel.id} panel={panel} />
                  ))}
                </div>
              )
            )
          })}
        </div>
      )}
      <How />
    </>
  )
}

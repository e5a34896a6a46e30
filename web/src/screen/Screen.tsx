/** The layout of a screen page: header, strip, two columns round the map, panels below it, ticker. */
import { useEffect } from 'react'
import { How } from '../blocks/How'
import { Panel } from '../blocks/Panel'
import { Problem } from '../shared/api'
import { texts, useSaid, useTexts } from '../shared/i18n'
import { boardHref } from '../shared/links'
import { scopeNow } from '../shared/scope'
import type { Area, Page } from '../shared/spec'
import { Failed, Skeleton } from '../shared/States'
import { Header } from './Header'
import { MapBox } from './map/MapBox'
import { usePage, usePageId } from './page'
import { useReadyMark } from './ready'
import { Ticker } from './Ticker'
import { isWall } from './wall'

const words = texts({
  skip: ['跳到主要内容', 'Skip to the main content'],
  signIn: ['去登录', 'Sign in'],
  figures: ['关键数字', 'Key figures'],
  left: ['左侧面板', 'Left panels'],
  right: ['右侧面板', 'Right panels'],
  below: ['下方面板', 'Panels below'],
})

function Panels({ page, area, className, label }: { page: Page; area: Area; className: string; label: string }) {
  const panels = page.panels.filter((panel) => panel.area === area)
  if (panels.length === 0) return null
  return (
    <div className={className} role="group" aria-label={label}>
      {panels.map((panel) => (
        <Panel key={panel.id} panel={panel} />
      ))}
    </div>
  )
}

function Body({ page }: { page: Page }) {
  const t = useTexts(words)
  return (
    <>
      <Panels page={page} area="strip" className="strip" label={t('figures')} />
      <div className="body">
        <Panels page={page} area="left" className="column left" label={t('left')} />
        <main id="main" className="centre" tabIndex={-1}>
          {page.map && <MapBox key={page.id} page={page} map={page.map} />}
          <Panels page={page} area="main" className="middle" label="" />
          <Panels page={page} area="bottom" className="bottom" label={t('below')} />
        </main>
        <Panels page={page} area="right" className="column right" label={t('right')} />
      </div>
      {page.ticker && <Ticker ticker={page.ticker} />}
    </>
  )
}

function Refused({ error, again }: { error: Error; again: () => void }) {
  const t = useTexts(words)
  const closed = error instanceof Problem && (error.status === 401 || error.status === 403 || error.status === 404)
  return (
    <main id="main" className="centre" tabIndex={-1}>
      <Failed error={error} again={again} />
      {closed && (
        <p className="state-note">
          <a className="plain-button" href={`/work/?next=${encodeURIComponent(location.pathname + location.search)}`}>
            {t('signIn')}
          </a>
        </p>
      )}
    </main>
  )
}

export function Screen() {
  const t = useTexts(words)
  const said = useSaid()
  const { data: page, error, refetch } = usePage(usePageId())
  useReadyMark()
  useEffect(() => {
    if (!page) return
    document.title = said(page.title)
    if (page.kind === 'board' || page.kind === 'records') location.replace(boardHref(page.id, scopeNow()))
  }, [page, said])
  return (
    <div className="screen" data-wall={isWall() || undefined}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header page={page} />
      {page ? <Body page={page} /> : error ? <Refused error={error} again={() => void refetch()} /> : <Skeleton />}
      <How />
    </div>
  )
}

/** Brand, scene tabs, and in words: what kind of data this is, and whether the stream is up. */
import type { MouseEvent } from 'react'
import { texts, useSaid, useTexts } from '../shared/i18n'
import { LangSwitch } from '../shared/LangSwitch'
import { screenPath } from '../shared/links'
import { useLiveState } from '../shared/live'
import { hrefOf, useScope, visit, type ScopeValues } from '../shared/scope'
import { useSession } from '../shared/session'
import type { Page, Tab } from '../shared/spec'
import { ThemeSwitch } from '../shared/ThemeSwitch'
import { Clock } from './Clock'
import { QualityTag } from './QualityTag'
import { isWall, useRotation, type Rotation } from './wall'

const words = texts({
  tabs: ['场景', 'Scenes'],
  desk: ['工作台', 'Desk'],
  signIn: ['登录', 'Sign in'],
  pause: ['暂停轮播', 'Pause rotation'],
  resume: ['继续轮播', 'Resume rotation'],
  live: ['实时连接', 'Live'],
  connecting: ['正在连接', 'Connecting'],
  lost: ['连接中断，正在重连', 'Connection lost, reconnecting'],
  off: ['未接实时流', 'No live stream'],
})

/** A click keeps the page loaded; a middle click still opens a new tab. */
function turnTo(event: MouseEvent, path: string, scope: ScopeValues): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  visit(path, scope)
}

function Tabs({ tabs, current }: { tabs: readonly Tab[]; current: string }) {
  const t = useTexts(words)
  const said = useSaid()
  const { place } = useScope()
  if (tabs.length === 0) return null
  return (
    <nav className="tabs" aria-label={t('tabs')}>
      {tabs.map((tab) => (
        <a
          key={tab.id}
          href={hrefOf(screenPath(tab.page), { place })}
          aria-current={tab.page === current ? 'page' : undefined}
          onClick={(event) => turnTo(event, screenPath(tab.page), { place })}
        >
          {said(tab.title)}
        </a>
      ))}
    </nav>
  )
}

function LiveWords() {
  const t = useTexts(words)
  const state = useLiveState()
  return (
    <span className="live" data-state={state} role="status">
      <i aria-hidden="true" />
      {t(state)}
    </span>
  )
}

function PauseButton({ rotation }: { rotation: Rotation }) {
  const t = useTexts(words)
  return (
    <button type="button" className="chrome" aria-pressed={rotation.paused} onClick={rotation.toggle}>
      {t(rotation.paused ? 'resume' : 'pause')}
    </button>
  )
}

function StaffChrome() {
  const t = useTexts(words)
  const account = useSession().data?.account
  return (
    <>
      <ThemeSwitch className="chrome" />
      <LangSwitch className="chrome" />
      <a className="chrome" href="/work/">
        {t(account ? 'desk' : 'signIn')}
      </a>
    </>
  )
}

function Mark() {
  return (
    <svg className="brand-mark" viewBox="0 0 36 36" aria-hidden="true">
      <rect x="1" y="1" width="34" height="34" rx="8" fill="#1d5592" />
      <path d="M7 25c5-7 8-1 12-6s4-8 10-9" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <circle cx="12" cy="12" r="2.6" fill="#fff" />
    </svg>
  )
}

export function Header({ page }: { page: Page | undefined }) {
  const said = useSaid()
  const rotation = useRotation(page)
  return (
    <header className="top">
      <div className="brand">
        <Mark />
        <h1>{said(page?.title)}</h1>
      </div>
      <Tabs tabs={page?.tabs ?? []} current={page?.id ?? ''} />
      <div className="top-side">
        <QualityTag />
        <LiveWords />
        {rotation.on && <PauseButton rotation={rotation} />}
        {!isWall() && <StaffChrome />}
        <Clock />
      </div>
    </header>
  )
}

/** The frame of the desk: header, menu, and the page within its own error boundary. */
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { ErrorBoundary } from '../../shared/ErrorBoundary'
import { useTexts } from '../../shared/i18n'
import { live } from '../../shared/live'
import type { Account, Session } from '../../shared/spec'
import { deskWords } from '../words'
import { Header } from './Header'
import { LiveNotice } from './LiveNotice'
import { LogNotice } from './LogNotice'
import { Navigation } from './Navigation'
import { showShortcuts, useKey, useShortcuts } from './shortcuts'
import './shell.css'

const Shortcuts = lazy(() => import('./Shortcuts'))

interface Frame {
  session: Session
  account: Account
  children: ReactNode
}

export function Shell({ session, account, children }: Frame) {
  const word = useTexts(deskWords)
  const [menu, setMenu] = useState(false)
  const help = useShortcuts((state) => state.help)
  const { pathname } = useLocation()
  useKey('?', () => showShortcuts(true))
  useEffect(() => {
    if (session.stream_url) live.start(session.stream_url)
  }, [session.stream_url])
  useEffect(() => setMenu(false), [pathname])
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {word('skip')}
      </a>
      <Header session={session} account={account} onMenu={() => setMenu(!menu)} menuOpen={menu} />
      <Navigation open={menu} onClose={() => setMenu(false)} />
      <main className="main" id="main" tabIndex={-1}>
        <LiveNotice />
        <LogNotice account={account} />
        <ErrorBoundary key={pathname} name={pathname}>
          {children}
        </ErrorBoundary>
      </main>
      {help && (
        <Suspense fallback={null}>
          <Shortcuts />
        </Suspense>
      )}
    </div>
  )
}

/** The one screen: starts the look, the session and the stream, then draws the page that the address names. */
import '../shared/tokens.css'
import './screen.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from '../shared/ErrorBoundary'
import { markDocument } from '../shared/i18n'
import { createQueries, LiveQueries } from '../shared/queries'
import { followHistory } from '../shared/scope'
import { startSession } from '../shared/session'
import { startLook } from '../shared/theme'
import { fetchMap } from './map/MapBox'
import { Screen } from './Screen'

startLook('dark')
markDocument()
followHistory()

const queries = createQueries()
new LiveQueries(queries)
startSession(queries).catch((error: unknown) => console.warn('There is no session, so there is no stream either.', error))

fetchMap()

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <ErrorBoundary name="screen">
        <Screen />
      </ErrorBoundary>
    </QueryClientProvider>
  </StrictMode>,
)

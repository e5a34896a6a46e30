/** The desk of district staff: entry of /work. */
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { markDocument } from '../shared/i18n'
import { createQueries, LiveQueries } from '../shared/queries'
import '../shared/tokens.css'
import { startLook } from '../shared/theme'
import { App } from './App'
import { watchForSignOut } from './signin/ended'
import './work.css'

markDocument()
startLook()
const queries = createQueries()
new LiveQueries(queries)
watchForSignOut(queries)

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <BrowserRouter basename="/work">
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
)

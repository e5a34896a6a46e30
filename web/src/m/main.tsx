/** Starts the resident's phone entry. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../shared/tokens.css'
import { markDocument } from '../shared/i18n'
import { startLook } from '../shared/theme'
import { App } from './App'
import { ask, forgetOld } from './data/kept'
import { SITES } from './data/projects'
import { startWorker } from './device/worker'
import { routeOf } from './routes'
import './style/frame.css'
import './style/parts.css'
import './style/near.css'
import './style/project.css'
import './style/form.css'
import './style/elder.css'

startLook()
markDocument()
// The first answer is under way while the page is still being drawn.
if (routeOf(location.pathname).page === 'near') void ask(SITES)

const root = document.getElementById('root')
if (!root) throw new Error('m.html has no element with the id "root".')
createRoot(root).render(<StrictMode><App /></StrictMode>)

startWorker()
// What waits is on the phone already: sending it comes after the page, and a failed start is made good by the next one.
void import('./outbox/keepSending').then((room) => room.keepSending(), (error: unknown) => console.warn('The outbox waits for the next start.', error))
void forgetOld().catch(() => 0)

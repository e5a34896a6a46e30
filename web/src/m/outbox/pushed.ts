/** The part of the worker that shows what was pushed, also when no page is open. */
interface Waiting extends Event { waitUntil: (work: Promise<unknown>) => void }
interface Pushed extends Waiting { data: { json: () => unknown } | null }
interface Clicked extends Waiting { notification: { close: () => void; data?: { link?: string } | null } }
interface Letter { title: string; body: string; link: string; urgent: boolean; tag: string }
interface Worker {
  registration: { showNotification: (title: string, options: object) => Promise<void> }
  clients: { openWindow: (url: string) => Promise<unknown> }
}

const worker = self as unknown as Worker
const HOME = '/m/work'

/** Only addresses on this platform are opened, whatever was pushed. */
const ours = (link: string | undefined): string => (link && link.startsWith('/') && !link.startsWith('//') ? link : HOME)

async function show(letter: Letter): Promise<void> {
  const options = { body: letter.body, tag: letter.tag, renotify: true, requireInteraction: letter.urgent, data: { link: letter.link } }
  await worker.registration.showNotification(letter.title, letter.urgent ? { ...options, vibrate: [400, 150, 400] } : options)
}

self.addEventListener('push', (event) => {
  const { data } = event as Pushed
  if (data) (event as Pushed).waitUntil(show(data.json() as Letter))
})

self.addEventListener('notificationclick', (event) => {
  const clicked = event as Clicked
  clicked.notification.close()
  clicked.waitUntil(worker.clients.openWindow(ours(clicked.notification.data?.link)))
})

/** Pushes to this browser: whether it takes them, and turning them on and off. */
import { api } from '../../shared/api'

export type PushState = 'none' | 'denied' | 'off' | 'on'

const possible = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

async function manager(): Promise<PushManager | null> {
  if (!possible()) return null
  return (await navigator.serviceWorker.getRegistration('/m/'))?.pushManager ?? null
}

export async function pushes(): Promise<PushState> {
  const here = await manager()
  if (!here) return 'none'
  if (Notification.permission === 'denied') return 'denied'
  return (await here.getSubscription()) ? 'on' : 'off'
}

export async function startPush(serverKey: string): Promise<PushState> {
  const here = await manager()
  if (!here) return 'none'
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  const subscription = await here.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey })
  await api.post('/api/notices/push', subscription.toJSON())
  return 'on'
}

export async function endPush(): Promise<PushState> {
  const subscription = await (await manager())?.getSubscription()
  if (subscription) {
    await api.post('/api/notices/push/end', { endpoint: subscription.endpoint })
    await subscription.unsubscribe()
  }
  return 'off'
}

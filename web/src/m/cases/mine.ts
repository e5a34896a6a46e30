/** The cases that somebody follows on this phone. The secret never leaves it but to show that they may. */
import { device } from '../device/store'

export interface MyCase {
  number: string
  secret: string
  title: string
  /** True for one's own report, false for "me too". */
  reported: boolean
  kept_at: number
}

const changed = new EventTarget()
/** The worker brings cases home too, and another tab may: what they keep is seen here at once. */
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('hexi-m-cases')
others?.addEventListener('message', () => changed.dispatchEvent(new Event('change')))

function tellChange(): void {
  changed.dispatchEvent(new Event('change'))
  others?.postMessage(null)
}

export function onMyCases(listener: () => void): () => void {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}

export async function keepCase(one: MyCase): Promise<void> {
  const known = await (await device()).get('cases', one.number)
  // A second secret for the same case (me too, sent again) says no more than the first.
  if (known) return
  await (await device()).put('cases', one)
  tellChange()
}

export async function myCases(): Promise<MyCase[]> {
  const all = await (await device()).getAll('cases')
  return all.sort((a, b) => b.kept_at - a.kept_at)
}

export const myCase = async (number: string): Promise<MyCase | undefined> => (await device()).get('cases', number)

export async function forgetCase(number: string): Promise<void> {
  await (await device()).delete('cases', number)
  tellChange()
}

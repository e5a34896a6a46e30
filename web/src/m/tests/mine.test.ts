import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { keepCase, myCases, onMyCases } from '../cases/mine'

const told = (): Promise<void> => new Promise((done) => {
  const stop = onMyCases(() => { stop(); done() })
})

test('a case that the worker brought home is told to the page that is open', async () => {
  const heard = told()
  const worker = new BroadcastChannel('hexi-m-cases')
  worker.postMessage(null)
  await heard
  worker.close()
})

test('a case that is kept is told to the other tabs, once', async () => {
  const other = new BroadcastChannel('hexi-m-cases')
  const messages: unknown[] = []
  other.onmessage = (message) => messages.push(message.data)
  const one = { number: 'N1', secret: 's', title: '路灯', reported: true, kept_at: 1 }
  const heard = new Promise((done) => other.addEventListener('message', done, { once: true }))
  await keepCase(one)
  await keepCase(one)
  await heard
  await new Promise((done) => setTimeout(done, 20))
  expect([messages.length, (await myCases()).length]).toEqual([1, 1])
  other.close()
})

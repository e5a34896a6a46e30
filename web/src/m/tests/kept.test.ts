import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ask } from '../data/kept'

/** What the server answers, when the test lets it. */
const answers: (() => void)[] = []
const fetched = vi.fn()

const answering = (): Promise<Response> => new Promise((answer) => {
  fetched()
  answers.push(() => answer(new Response('{}', { headers: { 'Content-Type': 'application/json' } })))
})

const settled = () => new Promise((later) => setTimeout(later, 20))

beforeEach(() => {
  vi.stubGlobal('fetch', answering)
})

afterEach(() => {
  vi.unstubAllGlobals()
  answers.length = 0
  fetched.mockClear()
})

test('whoever knows of something newer gets an answer that was asked for after that', async () => {
  const first = ask('/api/one')
  await settled()
  expect(fetched).toHaveBeenCalledTimes(1)
  const newer = ask('/api/one', true)
  expect(ask('/api/one', true)).toBe(newer)
  answers[0]?.()
  await first
  await settled()
  expect(fetched).toHaveBeenCalledTimes(2)
  answers[1]?.()
  await newer
  expect(fetched).toHaveBeenCalledTimes(2)
})

test('somebody who merely looks shares the question that is on its way', async () => {
  const first = ask('/api/two')
  expect(ask('/api/two')).toBe(first)
  await settled()
  answers[0]?.()
  await first
  expect(fetched).toHaveBeenCalledTimes(1)
})

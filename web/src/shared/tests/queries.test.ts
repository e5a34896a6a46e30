import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../api'
import { Live } from '../live'
import { createQueries, LiveQueries } from '../queries'
import { FakeStream } from './fakes'

beforeEach(() => {
  FakeStream.opened = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watched(topics: string[]) {
  const stream = new Live({ source: (url) => new FakeStream(url) as unknown as EventSource, channel: null, locks: null })
  const queries = createQueries()
  new LiveQueries(queries, stream)
  stream.start('/stream')
  const asked = vi.fn(() => Promise.resolve(1))
  const stop = new QueryObserver(queries, { queryKey: ['data', 'x'], queryFn: asked, meta: { topics } }).subscribe(() => undefined)
  return { asked, stop, stream: FakeStream.opened[0] as FakeStream }
}

test('a burst of events on a topic becomes one fetch', async () => {
  const { asked, stop, stream } = watched(['projects.task'])
  await vi.advanceTimersByTimeAsync(1)
  for (let sequence = 1; sequence <= 100; sequence += 1) stream.say('projects.task', { sequence })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toHaveBeenCalledTimes(2)
  stop()
})

test('events of other topics touch nothing', async () => {
  const { asked, stop, stream } = watched(['projects.task'])
  await vi.advanceTimersByTimeAsync(1)
  stream.say('indicators.value', { sequence: 1 })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toHaveBeenCalledOnce()
  stop()
})

test('after a reset everything is fetched again', async () => {
  const { asked, stop, stream } = watched([])
  await vi.advanceTimersByTimeAsync(1)
  stream.say('reset', {})
  await vi.advanceTimersByTimeAsync(1)
  expect(asked).toHaveBeenCalledTimes(2)
  stop()
})

test('what the server refuses is not asked twice', async () => {
  const queries = createQueries()
  const asked = vi.fn(() => Promise.reject(new Problem(403, {})))
  const result = queries
    .fetchQuery({ queryKey: ['x'], queryFn: asked, retry: queries.getDefaultOptions().queries?.retry ?? 0 })
    .catch(() => 'refused')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await result).toBe('refused')
  expect(asked).toHaveBeenCalledOnce()
})

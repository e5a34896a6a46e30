import { beforeEach, expect, test, vi } from 'vitest'
import { Live } from '../live'
import { FakeHub, FakeLocks, FakeStream } from './fakes'

const URL = 'http://127.0.0.1:8001/stream'
let hub: FakeHub
let locks: FakeLocks

function tab(shared = true): Live {
  const source = (url: string) => new FakeStream(url) as unknown as EventSource
  return new Live({ source, channel: shared ? hub.end() : null, locks: shared ? locks : null, retryAfter: () => 5 })
}
const settled = () => new Promise((done) => setTimeout(done, 0))
const stream = (): FakeStream => FakeStream.opened.at(-1) as FakeStream

beforeEach(() => {
  FakeStream.opened = []
  hub = new FakeHub()
  locks = new FakeLocks()
})

test('two tabs share one stream, and both hear every event', async () => {
  const [first, second] = [tab(), tab()]
  const heard: string[] = []
  first.onTopic('projects.task', ({ sequence }) => heard.push(`first ${sequence}`))
  second.onTopic('projects.task', ({ sequence }) => heard.push(`second ${sequence}`))
  first.start(URL)
  second.start(URL)
  await settled()
  expect(FakeStream.opened).toHaveLength(1)
  stream().say('projects.task', { sequence: 7, topic: 'projects.task' })
  expect(heard.sort()).toEqual(['first 7', 'second 7'])
})

test('the leader listens for topics that only a follower wants', async () => {
  const [leader, follower] = [tab(), tab()]
  leader.start(URL)
  await settled()
  follower.start(URL)
  const heard = vi.fn()
  follower.onTopic('indicators.value', heard)
  stream().say('indicators.value', { sequence: 1 })
  expect(heard).toHaveBeenCalledOnce()
})

test('when the leader goes, the next tab goes on from the last event', async () => {
  const [leader, follower] = [tab(), tab()]
  leader.onTopic('projects.task', () => undefined)
  follower.onTopic('projects.task', () => undefined)
  leader.start(URL)
  follower.start(URL)
  await settled()
  stream().say('projects.task', { sequence: 41 })
  leader.stop()
  await settled()
  expect(FakeStream.opened).toHaveLength(2)
  expect(stream().url).toBe(`${URL}?last_event_id=41`)
})

test('the state is the same in every tab', async () => {
  const [leader, follower] = [tab(), tab()]
  leader.start(URL)
  follower.start(URL)
  await settled()
  stream().open()
  expect([leader.state, follower.state]).toEqual(['live', 'live'])
  stream().fail()
  expect([leader.state, follower.state]).toEqual(['lost', 'lost'])
})

test('a tab that comes later learns the state', async () => {
  const leader = tab()
  leader.start(URL)
  await settled()
  stream().open()
  const later = tab()
  later.start(URL)
  await settled()
  expect(later.state).toBe('live')
})

test('a stream that the browser gave up is opened again', async () => {
  const alone = tab(false)
  alone.start(URL)
  stream().fail(true)
  expect(alone.state).toBe('lost')
  await vi.waitFor(() => expect(FakeStream.opened).toHaveLength(2))
  stream().open()
  expect(alone.state).toBe('live')
  alone.stop()
})

test('a short break is left to the browser, which resumes by itself', async () => {
  const alone = tab(false)
  alone.start(URL)
  stream().fail(false)
  await settled()
  expect(FakeStream.opened).toHaveLength(1)
  alone.stop()
})

test('reset reaches every tab', async () => {
  const [leader, follower] = [tab(), tab()]
  const asked: string[] = []
  leader.onReset(() => asked.push('leader'))
  follower.onReset(() => asked.push('follower'))
  leader.start(URL)
  follower.start(URL)
  await settled()
  stream().say('reset', {})
  expect(asked.sort()).toEqual(['follower', 'leader'])
})

test('an event that is not JSON is said and dropped', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const alone = tab(false)
  const heard = vi.fn()
  alone.onTopic('projects.task', heard)
  alone.start(URL)
  stream().say('projects.task', 'no json')
  expect(heard).not.toHaveBeenCalled()
  expect(warned).toHaveBeenCalledOnce()
  alone.stop()
})

test('an event without a number takes the one of the stream', async () => {
  const alone = tab(false)
  alone.onTopic('projects.task', () => undefined)
  alone.start(URL)
  stream().say('projects.task', {}, '12')
  expect(alone.lastSequence).toBe(12)
  alone.stop()
})

test('a stream that has gone silent is lost, and opened again from the last event', async () => {
  vi.useFakeTimers()
  const alone = tab(false)
  alone.onTopic('projects.task', () => undefined)
  alone.start(URL)
  stream().open()
  stream().say('projects.task', { sequence: 9 })
  vi.advanceTimersByTime(30_000)
  stream().say('beat', {})
  vi.advanceTimersByTime(30_000)
  expect([alone.state, FakeStream.opened.length]).toEqual(['live', 1])
  vi.advanceTimersByTime(10_000)
  expect([alone.state, FakeStream.opened[0]?.closed]).toEqual(['lost', true])
  vi.advanceTimersByTime(10)
  expect(stream().url).toBe(`${URL}?last_event_id=9`)
  alone.stop()
  vi.useRealTimers()
})

test('a stream opened again without an event to go on from has everything fetched again', async () => {
  vi.useFakeTimers()
  const alone = tab(false)
  const reset = vi.fn()
  alone.onReset(reset)
  alone.start(URL)
  stream().open()
  stream().fail(true)
  expect(reset).not.toHaveBeenCalled()
  vi.advanceTimersByTime(10)
  expect(reset).toHaveBeenCalledOnce()
  alone.stop()
  vi.useRealTimers()
})

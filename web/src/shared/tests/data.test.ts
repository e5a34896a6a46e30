import { expect, test } from 'vitest'
import { intervalOf, isStale } from '../data'
import type { Envelope, Quality } from '../spec'

const MINUTE = 60_000
const NOW = Date.parse('2025-11-20T08:00:00Z')
const envelope = (quality: Quality, as_of: string): Envelope => ({ rows: [], as_of, quality, origin: '' })

test('refresh periods become milliseconds', () => {
  expect([intervalOf('60s'), intervalOf('5m'), intervalOf('live'), intervalOf('none'), intervalOf(null)]).toEqual([
    60_000,
    300_000,
    undefined,
    undefined,
    undefined,
  ])
})

test('a picture is stale when three refresh periods have passed without a new one', () => {
  const fresh = envelope('computed', '2025-11-20T08:00:00Z')
  expect(isStale(fresh, NOW - 2 * MINUTE, MINUTE, NOW)).toBe(false)
  expect(isStale(fresh, NOW - 4 * MINUTE, MINUTE, NOW)).toBe(true)
})

test('live data are stale by their own time, published figures are not', () => {
  const old = '2025-10-31T08:00:00Z'
  expect(isStale(envelope('live', old), NOW, MINUTE, NOW)).toBe(true)
  expect(isStale(envelope('published', old), NOW, MINUTE, NOW)).toBe(false)
})

test('a source may say itself that it is stale', () => {
  expect(isStale(envelope('stale', '2025-11-20T08:00:00Z'), NOW, undefined, NOW)).toBe(true)
  expect(isStale(undefined, 0, MINUTE, NOW)).toBe(false)
})

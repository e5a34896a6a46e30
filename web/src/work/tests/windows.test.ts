/** What hours the stops of a round ask for. */
import { expect, it } from 'vitest'
import type { Due } from '../tours/api'
import { windowsOf } from '../tours/moving'

const asks = (opens_s: number | null, closes_s: number | null) => ({ opens_s, closes_s }) as Due

it('counts stops by the hours that they ask for, the earliest end first and those without hours last', () => {
  const noon = [39_600, 45_000] as const
  expect(windowsOf([asks(null, null), asks(...noon), asks(null, 36_000), asks(...noon), asks(28_800, null)])).toEqual([
    { opens_s: null, closes_s: 36_000, count: 1 },
    { opens_s: 39_600, closes_s: 45_000, count: 2 },
    { opens_s: 28_800, closes_s: null, count: 1 },
    { opens_s: null, closes_s: null, count: 1 },
  ])
})

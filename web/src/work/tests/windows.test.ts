/** What hours the stops of a round ask for. */
import { expect, it } from 'vitest'
import type { Due, Window } from '../tours/api'
import { hoursAsked } from '../tours/moving'

const asks = (...windows: Window[]) => ({ windows }) as Due
const always = { windows: null } as Due

it('counts stops by the hours that they ask for, the earliest end first and those without hours last', () => {
  const noon: Window = [39_600, 45_000]
  expect(hoursAsked([always, asks(noon), asks([0, 36_000]), asks(noon), asks([28_800, 41_400], [50_400, 64_800]), always])).toEqual([
    { windows: [[0, 36_000]], count: 1 },
    { windows: [noon], count: 2 },
    { windows: [[28_800, 41_400], [50_400, 64_800]], count: 1 },
    { windows: null, count: 2 },
  ])
})

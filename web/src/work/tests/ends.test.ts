import { expect, it } from 'vitest'
import { readSpot, writeSpot } from '../way/ends'

it('reads an end as it was written', () => {
  expect(readSpot(writeSpot([117.2, 39.1]))).toEqual([117.2, 39.1])
})

it.each([null, '', '117.2', '117.2,', 'a,b', '200,39', '117,95', '1,2,3'])('takes %s for no end', (text) => {
  expect(readSpot(text)).toBeNull()
})

import { expect, test } from 'vitest'
import type { Look } from '../data/looks'
import { lookLane, questionParcel } from '../looks/asking'

const look = { look: 7, at: '2026-11-28T08:00:00+00:00' } as Look

test('a question goes to the register of questions, with the secret in its body and in no address', () => {
  const parcel = questionParcel(look, 'a-secret', '那天没有人来', '对 11-28 查看的疑问')
  expect(parcel.address).toBe('/api/records/data.lookquestion/actions/ask')
  expect(parcel.body).toEqual({ values: { look: 7, words: '那天没有人来', secret: 'a-secret' } })
  expect(JSON.stringify({ ...parcel, body: null })).not.toContain('a-secret')
})

test('questions about one look wait in a lane of their own', () => {
  expect(lookLane(7)).not.toBe(lookLane(8))
})

import { expect, it } from 'vitest'
import type { Tour, TourStop } from '../data/tours'
import type { Parcel } from '../outbox/parcel'
import { sayParcel, standing, stateOf, type Said } from '../tour/saying'

const stop = (id: number, state: TourStop['state'] = 'planned'): TourStop => ({
  id, record: id, number: id, title: null, place: null, open: true, facts: [], lon: null, lat: null, arrive_at: '2026-11-28T01:00:00Z', windows: [],
  walk_s: 60, metres: 70, state, way: null,
})
const tour = (...stops: TourStop[]): Tour => ({ plan: 1, key: 'walk', label: null, window: null, day: '2026-11-28', exact: true, stops })
const parcel = (of: TourStop, said: Said, state: Parcel['state'], written_at: number): Parcel => ({
  ...sayParcel(of, said, '', 7, 'x'), secret: null, after: null, adds: true, account: 7, lane: `tour ${of.id}`, client_id: `${said}${written_at}`, state, written_at, tries: 0,
  next_try_at: 0, refusal: null, present: null, record: null, sent_at: null,
})

it('what waits on the phone counts as said, so the next stop comes up without a network', () => {
  const [one, two] = [stop(1), stop(2)]
  expect(standing(tour(one, two), [parcel(one, 'done', 'waiting', 1)])).toEqual({ next: two, later: [], over: [{ stop: one, state: 'done' }] })
})

it('the newest word counts, and one that was refused does not', () => {
  const one = stop(1)
  expect(stateOf(one, [parcel(one, 'done', 'sent', 1), parcel(one, 'nobody', 'waiting', 2)])).toBe('nobody')
  expect(stateOf(one, [parcel(one, 'done', 'refused', 1)])).toBe('planned')
})

it('what the server has stands, in the order of the round', () => {
  const stops = [stop(1, 'done'), stop(2), stop(3, 'skipped'), stop(4)]
  const found = standing(tour(...stops), [])
  expect([found.next?.id, found.later.map(({ id }) => id), found.over.map(({ state }) => state)]).toEqual([2, [4], ['done', 'skipped']])
})

it('goes by the account that wrote it, to the stop and what was said of it', () => {
  expect(sayParcel(stop(5), 'nobody', '门锁着', 7, 's')).toMatchObject({ address: '/api/tours/stops/5/nobody', body: { note: '门锁着' }, account: 7, lane: 'tour 5' })
})

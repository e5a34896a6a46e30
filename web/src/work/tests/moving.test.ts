import { describe, expect, it } from 'vitest'
import { clock, fartherPct, hoursOf, isClosed, moved, says, takenOff } from '../tours/moving'

describe('an order of stops', () => {
  const order = { 7: [1, 2, 3], 8: [4] }
  it('takes a stop to another place of the same round', () => {
    expect(moved(order, 3, 7, 0)).toEqual({ 7: [3, 1, 2], 8: [4] })
    expect(moved(order, 1, 7, 1)).toEqual({ 7: [2, 1, 3], 8: [4] })
  })
  it('takes it to somebody else, at the end when nothing else is said', () => {
    expect(moved(order, 2, 8)).toEqual({ 7: [1, 3], 8: [4, 2] })
    expect(moved(order, 2, 9)).toEqual({ 7: [1, 3], 8: [4], 9: [2] })
  })
  it('takes in what was on no round, and loses nothing beyond either end', () => {
    expect(moved(order, 5, 8, 99)).toEqual({ 7: [1, 2, 3], 8: [4, 5] })
    expect(moved(order, 5, 8, -1)).toEqual({ 7: [1, 2, 3], 8: [5, 4] })
  })
  it('takes one off', () => {
    expect(takenOff(order, 4)).toEqual({ 7: [1, 2, 3], 8: [] })
  })
})

describe('what is shown of it', () => {
  it('reads seconds of the day as a clock', () => {
    expect([clock(0), clock(32_400), clock(45_059)]).toEqual(['00:00', '09:00', '12:30'])
  })
  it('shows the hours before and after noon, and the end of the day as one', () => {
    expect(hoursOf([[28_800, 41_400], [50_400, 86_400]]).replaceAll('\u2060', '')).toBe('08:00–11:30, 14:00–24:00')
  })
  it('says of what never closes that it is open all day', () => {
    expect(hoursOf([[0, 86_400]])).toBe('全天')
  })
  it('knows what is closed all day from what is open at any time', () => {
    const stop = { record: 1, title: { zh: '', en: '' }, place: { zh: '', en: '' }, due_on: '', lon: null, lat: null, stay_s: 0, load: 0, owner: null }
    expect([[], null, [[0, 60]] as [number, number][]].map((windows) => isClosed({ ...stop, windows: windows as [number, number][] | null }))).toEqual([true, false, false])
  })
  it('tells how much farther another way is', () => {
    expect([fartherPct(1000, 1250), fartherPct(0, 5)]).toEqual([25, 0])
  })
  it('finds what is typed in any of the words, and everything when nothing is', () => {
    expect([says(['友谊路', 'Youyi Road'], 'youyi'), says(['友谊路'], '围堤'), says(['友谊路'], ' ')]).toEqual([true, false, true])
  })
})

/** What is shown whole, in how many columns, and against what. */
import { expect, test } from 'vitest'
import { against } from '../against'
import { barsOf, dotStatus, shapeOf } from '../Bar'
import { cutAt } from '../cut'
import { longestWord } from '../names'
import { fitsAcross, stagesOf } from '../Pipeline'
import { envelopeOf, panelOf } from './sample'

const ENDS = [20, 40, 60, 80]

test('a list that fits is not cut', () => {
  expect(cutAt(ENDS, 80, 24)).toBeNull()
  expect(cutAt([], 80, 24)).toBeNull()
})

test('a list that does not fit ends with a whole row above its foot', () => {
  expect(cutAt(ENDS, 70, 24)).toBe(40)
  expect(cutAt(ENDS, 64, 24)).toBe(40)
})

test('a row higher than the room is cut by the room alone', () => {
  expect(cutAt([200], 100, 24)).toBe(76)
})

const bars = (names: readonly string[]) =>
  barsOf(panelOf('bar', { x: 'n', y: 'name' }), envelopeOf(names.map((name) => ({ name, n: 1 }))), 'zh')

test('fourteen short names in a low panel stand in two columns that a finger can hit', () => {
  const streets = bars(Array.from({ length: 14 }, () => '柳林街道'))
  expect(shapeOf(streets, { width: 400, height: 200 }, 1)).toEqual({ columns: 2, dense: false })
  expect(shapeOf(streets, { width: 400, height: 400 }, 1)).toEqual({ columns: 1, dense: false })
})

test('long names stay in one column, and low rows are no buttons', () => {
  const streets = bars(Array.from({ length: 14 }, () => 'Chentangzhuang Street'))
  expect(shapeOf(streets, { width: 400, height: 200 }, 1)).toEqual({ columns: 1, dense: true })
})

test('stages stand side by side as long as no word of a name would be cut', () => {
  const stages = (...names: string[]) =>
    stagesOf(panelOf('pipeline', { stage: 's', value: 'n' }), envelopeOf(names.map((s) => ({ s, n: 1 }))), 'zh')
  expect(fitsAcross(stages('立项', '财政评审', '验收', '销号'), 200, 1)).toBe(true)
  expect(fitsAcross(stages('planned', 'finance review', 'accepted', 'struck off'), 200, 1)).toBe(false)
})

test('a name breaks between words and between 汉字', () => {
  expect(longestWord('财政评审')).toBe(2)
  expect(longestWord('site entry')).toBeCloseTo(5 * 0.58)
})

test('a change says against what it is told', () => {
  expect(against('2025-11-20', '2025-11-19', 'zh')).toBe('较昨日')
  expect(against('2026-01', '2025-12', 'zh')).toBe('较上月')
  expect(against('2026-Q1', '2025-Q4', 'en')).toBe('vs last quarter')
  expect(against('2025', '2024', 'en')).toBe('vs last year')
})

test('across a gap a change names the period it is told against', () => {
  expect(against('2025-11', '2025-08', 'zh')).toBe('较2025年8月')
  expect(against('2025-11', '2024', 'en')).toBe('vs 2024')
})

test('a value that is all right but short of its target is not drawn in green', () => {
  const [bar] = barsOf(panelOf('bar', { x: 'n', status: 'status' }), envelopeOf([{ n: 84, status: 'ok' }]), 'zh')
  expect(bar && [dotStatus(bar, 90, 'up'), dotStatus(bar, 80, 'up'), dotStatus(bar, 90, 'down')]).toEqual(['none', 'ok', 'ok'])
})

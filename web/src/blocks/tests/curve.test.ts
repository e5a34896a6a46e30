import { expect, test } from 'vitest'
import { broken, curveOption, isSwitch, type CurveData } from '../curve'
import { THEME } from './sample'

const CURVE: CurveData = {
  kind: 'band_pulse',
  label: { zh: '脉搏', en: 'Pulse' },
  unit: { zh: '次/分', en: 'per min' },
  low: 20,
  high: 260,
  quality: 'simulated',
  points: [
    [1000, 70, 8],
    [2000, 72, 8],
    [9000, 74, 0],
    [9500, 900, 4],
  ],
  gaps: [[2000, 9000]],
  ledger: { matches: 1, differs: [], waiting: 0 },
}

test('a line breaks at a gap and leaves out what cannot be true', () => {
  expect(broken(CURVE)).toEqual([
    [1000, 70],
    [2000, 72],
    [2001, null],
    [9000, 74],
  ])
})

test('a switch is drawn in steps between nothing and one', () => {
  const door = { ...CURVE, low: 0, high: 1, points: [[1000, 1, 0] as const], gaps: [] }
  const [series] = curveOption(door, '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', THEME).series as { step?: string }[]
  expect([isSwitch(door), series?.step]).toEqual([true, 'end'])
  const [other] = curveOption(CURVE, '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', THEME).series as { step?: string }[]
  expect(other?.step).toBeUndefined()
})

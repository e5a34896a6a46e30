import { expect, test } from 'vitest'
import { apart, bandOption, columnWords, type BandData, type Column } from '../band'
import { THEME } from './sample'

const HOUR = 3_600_000
const at = Date.parse('2026-03-01T16:00:00Z')
const COLUMNS: Column[] = [[at, -4, 9, 3], [at + HOUR, -3, 8, 3], [at + 5 * HOUR, 1, 2, 1]]
const BAND: BandData = {
  begin: '2026-03-01T16:00:00Z', end: '2026-03-02T16:00:00Z', label: { zh: '温度', en: 'temperature' }, unit: { zh: '℃', en: '°C' }, quality: 'live', devices: 3, of: 3, points: COLUMNS, ledger: { matches: 1, differs: [], waiting: 0 },
}

test('a silence of columns breaks the band', () => {
  expect(apart(COLUMNS)).toEqual([COLUMNS[0], COLUMNS[1], [at + 2 * HOUR, null, null, 0], COLUMNS[2]])
  expect(apart(COLUMNS.slice(0, 1))).toEqual(COLUMNS.slice(0, 1))
})

test('the upper line stands as far above the lower as highest above lowest, below nought too', () => {
  const [low, height] = bandOption(BAND, '{n} 台', THEME).series as { data: [number, number | null][]; stackStrategy: string }[]
  expect(low?.data.map(([, value]) => value)).toEqual([-4, -3, null, 1])
  expect(height?.data.map(([, value]) => value)).toEqual([13, 11, null, 1])
  expect(height?.stackStrategy).toBe('all')
})

test('the pointer says the time by the clock of the district, both values and how many devices', () => {
  expect(columnWords(COLUMNS[0], (value) => `${String(value)} ℃`, '{n} 台')).toBe('2026-03-02 00:00<br>-4 ℃ – 9 ℃<br>3 台')
  expect(columnWords([at, null, null, 0], String, '')).toBe('')
})

import { expect, test } from 'vitest'
import { inLines } from '../chartParts'
import { option } from '../option'
import { envelopeOf, panelOf, THEME } from './sample'

const MONTHS = envelopeOf([
  { month: '2024-12', now: 5, before: 3 },
  { month: '2025-01', now: null, before: 4 },
  { month: '2025-02', now: 9, before: 4 },
])

test('a line chart draws gaps as gaps and its reference dashed', () => {
  const panel = panelOf(
    'line',
    {
      x: 'month',
      series: [
        { y: 'now', label: { zh: '今年', en: 'Now' } },
        { y: 'before', label: { zh: '去年', en: 'Before' }, style: 'reference' },
      ],
    },
    { target: 8 },
  )
  expect(option(panel, MONTHS, THEME)).toMatchSnapshot()
})

test('a column chart takes the colour of a status only where there is one', () => {
  const rows = envelopeOf(
    [
      { bin: 'a', n: 4, status: 'ok' },
      { bin: 'b', n: 2, status: 'breach' },
      { bin: 'c', n: null, status: null },
    ],
    { bin: { a: { zh: '甲', en: 'A' } } },
  )
  expect(option(panelOf('column', { x: 'bin', y: 'n', status: 'status' }, { format: 'int' }), rows, THEME)).toMatchSnapshot()
})

test('a stack draws four parts and the rest in one colour', () => {
  const series = ['a', 'b', 'c', 'd', 'e', 'f'].map((y) => ({ y, label: { zh: y, en: y } }))
  const drawn = option(panelOf('stack', { x: 'x', series }), envelopeOf([{ x: 7, a: 1, b: 2, c: 3, d: 4, e: 5 }]), THEME)
  const colours = (drawn.series as { itemStyle: { color: string } }[]).map((one) => one.itemStyle.color)
  expect(colours).toEqual(['one', 'two', 'three', 'four', 'rest', 'rest'])
})

test('a few bins all say their names, long ones over lines', () => {
  expect(inLines('Subsidies, insurance and relief', 3)).toBe('Subsidies,\ninsurance and\nrelief')
  expect(inLines('补贴保险救助类', 3)).toBe('补贴保险救助类')
})

test('sizes grow with the wall', () => {
  const panel = panelOf('line', { x: 'month', y: 'now' })
  const size = (scale: number) =>
    (option(panel, MONTHS, { ...THEME, scale }).tooltip as { textStyle: { fontSize: number } }).textStyle.fontSize
  expect([size(1), size(2)]).toEqual([14, 28])
})

test('units and shares are said in the tooltip', () => {
  const say = (panel: ReturnType<typeof panelOf>) =>
    (option(panel, MONTHS, THEME).tooltip as unknown as { valueFormatter: (value: unknown) => string }).valueFormatter
  expect(say(panelOf('line', { x: 'month', y: 'now' }, { unit: { zh: '件', en: 'cases' } }))(12)).toBe('12 件')
  expect(say(panelOf('line', { x: 'month', y: 'now' }, { format: 'percent' }))(0.5)).toBe('50.0%')
})

test('a kind that is no chart is refused in words', () => {
  expect(() => option(panelOf('bar', {}), MONTHS, THEME)).toThrow('draw it with its own block')
})

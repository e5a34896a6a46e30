import { expect, test } from 'vitest'
import { axisWord } from '../axis'
import { barsOf, dotAxis, placeOn } from '../Bar'
import { columnsOf } from '../columns'
import { depth, headEm, heatTable, naming } from '../Heat'
import { toneOf } from '../Kpi'
import { exceptionsOf, groupsOf } from '../Matrix'
import { stagesOf } from '../Pipeline'
import { targetsOf } from '../Progress'
import { blockOf, knownKinds } from '../registry'
import { word } from '../rows'
import { sparkPoints } from '../Spark'
import { Unsupported } from '../Unsupported'
import { envelopeOf, panelOf } from './sample'

test('every kind of the screen has a block, and an unknown kind is shown as such', () => {
  expect(knownKinds()).toEqual(
    expect.arrayContaining([
      'kpi',
      'matrix',
      'line',
      'column',
      'stack',
      'bar',
      'heat',
      'pipeline',
      'list',
      'table',
      'text',
      'progress',
      'embed',
    ]),
  )
  expect(blockOf('hologram')).toBe(Unsupported)
})

test('a cell is said by the dictionary, then by its label, then as it is', () => {
  const dict = { stage: { building: { zh: '施工', en: 'Building' } } }
  expect(word({ dict }, { stage: 'building' }, 'stage', 'en')).toBe('Building')
  expect(word({ dict }, { place: '120103', place__label: '河西区' }, 'place', 'zh')).toBe('河西区')
  expect(word({ dict }, { name: { zh: '甲', en: 'A' } }, 'name', 'en')).toBe('A')
  expect(word({ dict }, { n: 1234 }, 'n', 'zh')).toBe('1,234')
  expect(word({ dict }, {}, 'n', 'zh')).toBe('')
})

test('bars are ranked and measured against the longest', () => {
  const bars = barsOf(
    panelOf('bar', { x: 'n', y: 'name', sort: '-x' }),
    envelopeOf([
      { name: 'a', n: 2 },
      { name: 'b', n: 8 },
      { name: 'c', n: null },
    ]),
    'zh',
  )
  expect(bars.map((bar) => [bar.name, bar.share, bar.text])).toEqual([
    ['b', 1, '8'],
    ['a', 0.25, '2'],
    ['c', 0, '–'],
  ])
})

test('the axis of the dots holds the target and every dot', () => {
  const bars = barsOf(
    panelOf('bar', { x: 'n', status: 'status' }),
    envelopeOf([
      { n: 91.8, status: 'breach' },
      { n: 98.9, status: 'ok' },
    ]),
    'zh',
  )
  const axis = dotAxis(bars, 95)
  expect(placeOn(axis, 91.8)).toBeGreaterThan(0)
  expect(placeOn(axis, 98.9)).toBeLessThan(100)
  expect(dotAxis([], 95).low).toBeLessThan(95)
})

test('every street is named below a heat table, circles stand upright, and of hours some are enough', () => {
  const names = (count: number, name: string) => Array.from({ length: count }, () => name)
  expect([naming(names(14, '大营门街道')), naming(names(46, '梅江1号圈')), naming(names(24, '12'))]).toEqual(['named', 'upright', 'some'])
  expect([headEm(['周一']), headEm(['智能信包箱（快件箱）或邮政快递综合服务点']), headEm(['pharmacy'])]).toEqual([3.5, 11.5, 5.5])
})

test('a heat table keeps the order of its source and leaves gaps empty', () => {
  const table = heatTable(
    panelOf('heat', { x: 'hour', y: 'day', value: 'n' }),
    envelopeOf(
      [
        { hour: 8, day: 'mon', n: 4 },
        { hour: 9, day: 'mon', n: 8 },
        { hour: 8, day: 'tue', n: 2 },
      ],
      { day: { mon: { zh: '周一', en: 'Mon' }, tue: { zh: '周二', en: 'Tue' } } },
    ),
    'zh',
  )
  expect(table).toEqual({
    across: ['08', '09'],
    down: ['周一', '周二'],
    cells: [
      [4, 8],
      [2, null],
    ],
    most: 8,
  })
  expect([depth(null, 8), depth(0, 8), depth(4, 8), depth(8, 8), depth(3, 0)]).toEqual([1, 1, 3, 5, 1])
})

test('stages say their stock, the late part and the mean time', () => {
  const stages = stagesOf(
    panelOf('pipeline', { stage: 'stage', value: 'n', overdue: 'late', time: 'hours' }),
    envelopeOf([
      { stage: 'a', n: 10, late: 2 },
      { stage: 'b', n: 5, hours: 5.2 },
    ]),
    'zh',
  )
  expect(stages.map(({ name, count, late, hours, height }) => [name, count, late, hours, height])).toEqual([
    ['a', 10, 2, null, 100],
    ['b', 5, null, 5.2, 50],
  ])
})

test('progress is what is done of what is planned, and where it should be', () => {
  const rows = envelopeOf([
    { title: 'a', done_value: 30, planned_value: 60, due_share: 0.83, status: 'late' },
    { title: 'b', done_value: 90, planned_value: 60 },
    { title: 'c', planned_value: null },
  ])
  const targets = targetsOf(panelOf('progress', { title: 'title' }), rows, 'zh')
  expect(targets.map(({ share, due, status }) => [share, due, status])).toEqual([
    [0.5, 0.83, 'breach'],
    [1, null, null],
    [0, null, null],
  ])
})

test('the matrix groups by domain and lists breaches before the rest', () => {
  const rows = envelopeOf([
    { key: 'a', domain: 'x', name: '甲', status: 'watch', value: 3 },
    { key: 'b', domain: 'y', name: '乙', status: 'breach', value: null },
    { key: 'c', domain: 'x', name: '丙', status: 'ok' },
  ])
  const groups = groupsOf(panelOf('matrix', { group: 'domain', label: 'name', status: 'status' }), rows, 'zh', (status) => status)
  expect(groups.map(({ name, cells }) => [name, cells.length])).toEqual([
    ['x', 2],
    ['y', 1],
  ])
  expect(exceptionsOf(groups).map((cell) => cell.key)).toEqual(['b', 'a'])
})

test('a change is coloured by what is good, not by its direction', () => {
  expect([toneOf(2, 'up'), toneOf(2, 'down'), toneOf(-2, 'down'), toneOf(2, 'none'), toneOf(0, 'up')]).toEqual([
    'good',
    'bad',
    'good',
    'plain',
    'plain',
  ])
})

test('columns of a table are called by the source first, and the machinery is hidden', () => {
  const envelope = envelopeOf([{ id: 1, code: 'a', name: 'x', place: '1', place__label: 'y', share: 0.4, lead_unit: null }], {
    columns: { code: { zh: '任务号', en: 'Task no.' } },
  })
  expect(columnsOf(panelOf('table', {}), envelope, 'zh')).toEqual([
    { key: 'code', label: '任务号', isNumber: false },
    { key: 'name', label: '名称', isNumber: false },
    { key: 'place', label: '地点', isNumber: false },
    { key: 'share', label: '完成比例', isNumber: true },
  ])
})

test('a spark leaves out what is missing and never leaves its box', () => {
  const points = sparkPoints([3, null, 5, 4])
  expect(points).toHaveLength(3)
  for (const [x, y] of points) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x).toBeLessThanOrEqual(78)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y).toBeLessThanOrEqual(28)
  }
  expect(sparkPoints([null, null])).toEqual([])
})

test('an axis says months, days and hours shortly', () => {
  expect([
    axisWord('2025-01', 'zh'),
    axisWord('2025-10', 'zh'),
    axisWord('2025-10', 'en'),
    axisWord('2025-10-03', 'zh'),
    axisWord(8, 'zh'),
    axisWord('<1', 'zh'),
  ]).toEqual(['2025年', '10月', 'Oct', '10-03', '08', '<1'])
})

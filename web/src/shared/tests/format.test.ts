import { expect, test } from 'vitest'
import { asOf, byFormat, date, number, percent, period, spaced, span, time } from '../format'

test('digits and 汉字 stand apart', () => {
  expect(spaced('15分钟内处理3件')).toBe('15 分钟内处理 3 件')
  expect(spaced('12345热线')).toBe('12345 热线')
  expect(spaced('待「eldercare」接入')).toBe('待「eldercare」接入')
  expect(spaced('完成率96.4%以上')).toBe('完成率 96.4% 以上')
})

test('a missing number is a dash, never a zero', () => {
  expect(number(null)).toBe('–')
  expect(byFormat(undefined)).toBe('–')
  expect(byFormat(0)).toBe('0')
})

test('numbers keep what matters', () => {
  expect(number(1284)).toBe('1,284')
  expect(number(96.444)).toBe('96.44')
  expect(number(1284.55)).toBe('1,284.6')
  expect(byFormat(1284, 'int')).toBe('1,284')
  expect(byFormat(96.44, 'int')).toBe('96.4')
  expect(byFormat(96.4, '0.0')).toBe('96.4')
  expect(byFormat(0.964, 'percent')).toBe('96.4%')
  expect(percent(0.5, 0)).toBe('50')
})

test('hours become the longest fitting unit', () => {
  expect(span(0.5, 'zh')).toBe('30 分钟')
  expect(span(5.2, 'zh')).toBe('5.2 小时')
  expect(span(96, 'en')).toBe('4 days')
})

test('moments are told in the zone of the district', () => {
  expect(date('2025-11-20T23:30:00Z', 'zh')).toBe('2025年11月21日')
  expect(date('2025-11-20T04:00:00Z', 'en')).toBe('20 Nov 2025')
  expect(time('2025-11-20T07:42:08Z')).toBe('15:42')
  expect(time('2025-11-20T16:05:00Z', true)).toBe('00:05:00')
})

test('an as-of time is as short as it can be', () => {
  const now = new Date('2025-11-20T08:00:00Z')
  expect(asOf('2025-11-20T07:42:08Z', now)).toBe('15:42')
  expect(asOf('2025-11-01T07:42:08Z', now)).toBe('11-01')
  expect(asOf('2024-11-20T07:42:08Z', now)).toBe('2024-11')
  expect(asOf('')).toBe('–')
})

test('period keys read as words', () => {
  expect(period('2025', 'zh')).toBe('2025年')
  expect(period('2025-10', 'zh')).toBe('2025年10月')
  expect(period('2025-Q3', 'zh')).toBe('2025年第3季度')
  expect(period('2025-10-31', 'en')).toBe('31 Oct 2025')
  expect(period('something else', 'en')).toBe('something else')
})

import { expect, test } from 'vitest'
import { holds, resolved, resolvedAll } from '../refs'

const around = { scope: { place: '120103001' }, row: { code: 'T-04', stage: 'building' }, user: { street: '120103009' } }

test('references are followed, literals stay', () => {
  expect(resolvedAll({ a: '$scope.place', b: '$row.code', c: '$user.street', d: 'x', e: 3, f: true }, around)).toEqual({
    a: '120103001',
    b: 'T-04',
    c: '120103009',
    d: 'x',
    e: 3,
    f: true,
  })
})

test('a reference that leads nowhere leaves its parameter out', () => {
  expect(resolvedAll({ a: '$scope.missing', b: '$row.missing', c: null }, around)).toEqual({})
  expect(resolved('$other.thing', around)).toBe('$other.thing')
})

test('`when` knows ==, in and and', () => {
  expect(holds(null, around)).toBe(true)
  expect(holds('$scope.place == 120103001', around)).toBe(true)
  expect(holds("$row.stage in [planned, 'building'] and $scope.place == 120103001", around)).toBe(true)
  expect(holds('$row.stage in [planned, tender]', around)).toBe(false)
  expect(holds('$scope.missing == null', around)).toBe(true)
})

test('a `when` that cannot be read does not hold', () => {
  expect(holds('1 + 1', around)).toBe(false)
  expect(holds('$row.stage != building', around)).toBe(false)
})

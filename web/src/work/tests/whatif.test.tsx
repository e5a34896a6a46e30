import { expect, test } from 'vitest'
import { valuesOf } from '../circle/WhatIf'

test('a change is kept with what the address says of it, and a kind only where an outlet opens', () => {
  const scope = { change: 'open', kind: 'cafe', lon: '117.21', lat: '39.1', walker: 'elder' }
  expect(valuesOf('加一家', scope)).toEqual({
    title: '加一家',
    change: 'open',
    kind: 'cafe',
    walker: 'elder',
    outlet: null,
    way: null,
    lon: 117.21,
    lat: 39.1,
  })
  expect(valuesOf('关一家', { change: 'close', kind: 'cafe', outlet: '7' })).toMatchObject({ kind: '', outlet: 7, lon: null, walker: 'adult' })
})

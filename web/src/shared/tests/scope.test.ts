import { beforeEach, expect, test } from 'vitest'
import { hrefOf, narrow, readScope, scopeNow, useScopeStore, visit, writeScope } from '../scope'

beforeEach(() => {
  history.replaceState(null, '', '/screen/overview?place=120103001&wall=1')
  useScopeStore.setState({ path: location.pathname, values: readScope(location.search) })
})

test('the scope is what the address says, without the words about the look', () => {
  expect(scopeNow()).toEqual({ place: '120103001' })
})

test('narrowing keeps the look and can be undone by the browser', () => {
  const before = history.length
  narrow({ place: '120103001003' })
  expect(location.search).toBe('?place=120103001003&wall=1')
  expect(history.length).toBe(before + 1)
})

test('widening removes the key from the address', () => {
  narrow({ place: undefined })
  expect(location.search).toBe('?wall=1')
  expect(scopeNow()).toEqual({})
})

test('narrowing to what is already shown leaves no step behind', () => {
  const before = history.length
  narrow({ place: '120103001' })
  expect(history.length).toBe(before)
})

test('another page starts with its own scope', () => {
  visit('/screen/livelihood', { category: 'works' })
  expect(location.pathname + location.search).toBe('/screen/livelihood?category=works&wall=1')
  expect(useScopeStore.getState().path).toBe('/screen/livelihood')
})

test('values are written so that they can be read back', () => {
  const values = { place: '120103', lead: '住房和 城乡&建设' }
  expect(readScope(writeScope('', values))).toEqual(values)
  expect(hrefOf('/screen/x', {})).toBe('/screen/x?wall=1')
})

// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest'

const fresh = async () => {
  vi.resetModules()
  return import('../device/settings')
}

beforeEach(() => {
  localStorage.clear()
})

test('the elder view is off at first, and once switched on this device remembers it', async () => {
  const first = await fresh()
  expect(first.settings().elder).toBe(false)
  first.change({ elder: true })
  expect((await fresh()).settings().elder).toBe(true)
})

test('the elder view sets the root size, and leaving it gives the size back to the browser', async () => {
  const { change } = await fresh()
  const root = document.documentElement
  change({ elder: true })
  expect([root.dataset.elder, root.style.fontSize]).toEqual(['on', '20px'])
  change({ elderSize: 30 })
  expect(root.style.fontSize).toBe('30px')
  change({ elder: false })
  expect([root.dataset.elder, root.style.fontSize]).toEqual(['off', ''])
})

test('the sizes on offer begin at 18 and end at 30', async () => {
  expect((await fresh()).ELDER_SIZES).toEqual([18, 20, 24, 30])
})

test('the theme follows the system until the reader chooses', async () => {
  const { dress, parse } = await fresh()
  const root = document.createElement('html')
  dress(root, parse(null), true)
  expect(root.dataset.theme).toBe('dark')
  dress(root, { ...parse(null), theme: 'light' }, true)
  expect(root.dataset.theme).toBe('light')
})

test('settings that make no sense fall back to the defaults one by one', async () => {
  const { parse } = await fresh()
  expect(parse('{')).toEqual(parse(null))
  expect(parse('{"elder":"yes","elderSize":19,"theme":"dark","home":{"lon":"x"}}')).toEqual({ ...parse(null), theme: 'dark' })
  expect(parse('{"home":{"lon":117.2,"lat":39.1,"code":"120103001","name":"a","street":"b","by":"chosen"}}').home?.name).toBe('a')
})

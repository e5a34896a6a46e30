import { expect, test } from 'vitest'
import type { Page } from '../../shared/spec'
import { pageOfPath } from '../page'
import { nextPage } from '../wall'

test('the address names the page, and the root is the overview', () => {
  expect([pageOfPath('/'), pageOfPath('/screen.html'), pageOfPath('/screen/livelihood'), pageOfPath('/screen/a.b/')]).toEqual([
    'overview',
    'overview',
    'livelihood',
    'a.b',
  ])
})

const page = (id: string, ...pages: string[]): Page => ({
  spec: 'hexi.ui/1',
  id,
  kind: 'screen',
  title: id,
  panels: [],
  tabs: pages.map((one) => ({ id: one, title: one, page: one })),
})

test('the rotation of a wall goes round its tabs', () => {
  expect(nextPage(page('a', 'a', 'b', 'c'))).toBe('b')
  expect(nextPage(page('c', 'a', 'b', 'c'))).toBe('a')
  expect(nextPage(page('a', 'a'))).toBeUndefined()
})

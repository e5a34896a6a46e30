// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test, vi } from 'vitest'
import type { Sheet } from '../data/slip'
import { device } from '../device/store'
import { parcels } from '../outbox/shelf'
import { BigButton } from '../slip/BigButton'

const BUTTON = { zh: '我需要帮助', en: 'I need help' }
const SHEET: Sheet = {
  key: 'elder', label: { zh: '老人页', en: 'page' }, title: { zh: '您好', en: 'Hello' }, facts: [], closed: null, button: BUTTON, on: 'eldercare.careevent', act: 'call_for_help',
  secret: 'code', form: { properties: {}, required: [] },
}

test('the large button writes its call to the phone at once, and without a network gives a number to ring', async () => {
  await (await device()).clear('outbox')
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  const box = document.createElement('div')
  act(() => createRoot(box).render(<BigButton sheet={SHEET} button={BUTTON} secret="ABCDEFGHJK23" again={() => undefined} />))
  expect(box.querySelector('a')).toBeNull()
  await act(async () => box.querySelector('button')!.click())
  const [parcel] = await vi.waitFor(async () => {
    const found = await parcels()
    expect(found).toHaveLength(1)
    return found
  })
  expect(parcel).toMatchObject({ address: '/api/records/eldercare.careevent/actions/call_for_help', body: { values: { code: 'ABCDEFGHJK23' } } })
  expect(box.querySelector('a')!.getAttribute('href')).toBe('tel:120')
  vi.unstubAllGlobals()
})

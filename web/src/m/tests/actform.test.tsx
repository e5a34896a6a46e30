// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test, vi } from 'vitest'
import type { Act } from '../data/work'
import { device } from '../device/store'
import { parcels } from '../outbox/shelf'
import { ActForm } from '../work/ActForm'

const ARRIVE: Act = {
  on: 'round', key: 'arrive', label: { zh: '运抵', en: 'arrived' }, step: true, from: ['carried'], to: 'arrived', primary: true, adds: false, needs_reason: false,
  form: { properties: { device_at: { title: '设备时间', 'x-hexi-widget': 'written' } } },
}

test('an act that asks nothing is sent at once, with the moment at which it was pressed', async () => {
  await (await device()).clear('outbox')
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  const box = document.createElement('div')
  const target = { entity: 'waste.manifest', id: 7, version: 3, title: '甲', lane: 'pickups 7', at: null }
  act(() => createRoot(box).render(<ActForm target={target} act={ARRIVE} worker={{ id: 8, username: 'd', name: '示例' }} open={false} onOpen={() => undefined} />))
  const before = Date.now()
  await act(async () => box.querySelector('button')!.click())
  const [parcel] = await vi.waitFor(async () => {
    const found = await parcels()
    expect(found).toHaveLength(1)
    return found
  })
  const { values, version } = parcel!.body as { values: { device_at: string }; version: number }
  expect(version).toBe(3)
  expect(Date.parse(values.device_at)).toBeGreaterThanOrEqual(before - 1)
  vi.unstubAllGlobals()
})

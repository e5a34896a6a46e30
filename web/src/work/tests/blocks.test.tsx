/** Houses beside the meshes on a desk's map. */
import type { Map as GLMap } from 'maplibre-gl'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useBlocks } from '../parts/blocks'
import { onStage } from './fixtures/stage'

const base = vi.hoisted(() => ({ now: null as object | null }))
vi.mock('../../screen/map/base', async (actual) => ({ ...(await actual<object>()), useBaseMap: () => base.now }))

interface Put { id: string; type: string; 'source-layer': string }

function mapWith(order: string[]) {
  const put: [Put, string | undefined][] = []
  const seen: Record<string, unknown> = {}
  const map = {
    getLayersOrder: () => order,
    getLayer: (id: string) => put.find(([layer]) => layer.id === id),
    addLayer: (layer: Put, above?: string) => put.push([layer, above]),
    setLayoutProperty: (_: string, name: string, value: unknown) => (seen[name] = value),
    setPaintProperty: () => undefined,
  }
  return { map: map as unknown as GLMap, put, seen }
}

function Look({ map, on }: { map: GLMap; on: boolean }) {
  useBlocks(map, on)
  return <i>{String(on)}</i>
}

const shown = (on: boolean) => vi.waitFor(() => expect(document.querySelector('i')?.textContent).toBe(String(on)))

describe('houses without a mesh', () => {
  const draw = onStage(() => Promise.reject(new Error('nothing is asked for')))
  beforeEach(() => {
    base.now = { tiles: '', minzoom: 8, maxzoom: 15, box: [0, 0, 1, 1], origin: '' }
  })
  it('stand as blocks under names and points once somebody wants a look, and are hidden after it', async () => {
    const { map, put, seen } = mapWith(['base', 'roads:road', 'calls:point', 'streets:label'])
    draw(<Look map={map} on={false} />)
    await shown(false)
    expect(put).toEqual([])
    draw(<Look map={map} on />)
    await vi.waitFor(() => expect(seen['visibility']).toBe('visible'))
    expect(put.map(([layer, above]) => [layer.id, layer.type, layer['source-layer'], above])).toEqual([['blocks:extrude', 'fill-extrusion', 'buildings', 'calls:point']])
    draw(<Look map={map} on={false} />)
    await vi.waitFor(() => expect(seen['visibility']).toBe('none'))
    draw(<Look map={map} on />)
    await vi.waitFor(() => expect(seen['visibility']).toBe('visible'))
    expect(put).toHaveLength(1)
  })
  it('are not drawn where no base map was brought in', async () => {
    base.now = null
    const { map, put } = mapWith(['base'])
    draw(<Look map={map} on />)
    await shown(true)
    expect(put).toEqual([])
  })
})

/** What the server commits to (openapi.json, the snapshots of its pages) against what the client expects. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { components } from '../../api/schema'
import { knownKinds } from '../../blocks/registry'
import { isDrawable } from '../../screen/map/style'
import type { Drill, Encode, Layer, Page, Panel } from '../spec'

type Served = components['schemas']

/** These do not compile when a document of the server no longer fits what the client reads. */
export const fits = {
  page: (served: Served['Page']): Page => served,
  panel: (served: Served['Panel']): Panel => served,
  layer: (served: Served['Layer']): Layer => served,
  encode: (served: Served['Encode']): Encode => served,
  drill: (served: Served['Drill']): Drill => served,
}

const SERVER = join(import.meta.dirname, '../../../../hexi')

/** Every committed page spec, wherever its room keeps it. */
function pages(): Page[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter((file) => /snapshots[\\/][\w.]+\.json$/.test(file))
  const read = files.map((file) => JSON.parse(readFileSync(join(SERVER, file), 'utf8')) as Partial<Page>)
  return read.filter((page): page is Page => page.spec === 'hexi.ui/1')
}

test('there are committed pages to look at', () => {
  expect(pages().map((page) => page.id)).toContain('overview')
})

test('every panel of every committed page has a block', () => {
  const kinds = new Set(pages().flatMap((page) => page.panels.map((panel) => panel.kind)))
  expect([...kinds].filter((kind) => !knownKinds().includes(kind))).toEqual([])
})

test('every layer of every committed page can be drawn', () => {
  const layers = pages().flatMap((page) => page.map?.layers ?? [])
  expect(layers.filter((layer) => !isDrawable(layer)).map((layer) => layer.id)).toEqual([])
})

test('a stack or a line names its series, else nothing would be drawn', () => {
  const charts = pages().flatMap((page) => page.panels.filter((panel) => ['stack', 'line', 'column'].includes(panel.kind)))
  expect(charts.filter((panel) => !panel.encode?.series?.length && !panel.encode?.y && !panel.encode?.value).map((panel) => panel.id)).toEqual([])
})

/** What may be begun for a record is offered on it, and its form knows already whom it is for. */
import { QueryClientProvider } from '@tanstack/react-query'
import { MemoryRouter, Route, Routes, useParams } from 'react-router'
import { expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import { BeginFor } from '../record/Begin'
import type { Model } from '../wire'
import { onStage } from './fixtures/stage'

const TITLE = { zh: '预约服务', en: 'book a service' }
const model = {
  name: 'care.booking', label: { zh: '预约', en: 'booking' }, fields: [], lifecycle: null, begins: ['book'], may: {}, title: 'id',
  ui: { form: { groups: [], widgets: {} }, table: { columns: [], filters: [], search: [] } },
  actions: [
    { id: 'cancel', title: { zh: '取消', en: 'cancel' }, from: [] },
    {
      id: 'book', title: TITLE, from: [], creates: true, primary: true,
      fields_schema: { type: 'object', required: ['elder'], properties: { elder: { type: 'integer', title: '老人', 'x-hexi-reference': 'care.elder' } } },
    },
  ],
} as unknown as Model
const sent: [string, unknown][] = []

function served(input: string, init?: RequestInit): Promise<Response> {
  const { pathname } = new URL(input, 'http://desk')
  if (init?.method === 'POST') {
    sent.push([pathname, JSON.parse(String(init.body)).values])
    return Promise.resolve(Response.json({ record: { id: 31, version: 1 }, entity: 'care.booking', version: 1, title: '', allowed_actions: [] }, { status: 201 }))
  }
  return Promise.resolve(Response.json(pathname.startsWith('/api/models/') ? model : { rows: [] }))
}

const Opened = () => <output>{`opened ${useParams()['entity']} ${useParams()['id']}`}</output>
const soon = { timeout: 15_000, interval: 20 }
const button = (text: RegExp) =>
  vi.waitFor(() => [...document.querySelectorAll('button')].find((one) => one.textContent?.replace(/\s/g, '').match(text)) ?? Promise.reject(new Error(String(text))), soon)

const render = onStage(served)
const draw = (what: React.ReactNode) =>
  render(
    <QueryClientProvider client={createQueries()}>
      <MemoryRouter>
        {what}
        <Routes>
          <Route path="/records/:entity/:id" element={<Opened />} />
          <Route path="*" element={null} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  )

it('is sent for the record that it was begun from, and what came of it is opened', async () => {
  draw(<BeginFor begins={[{ entity: 'care.booking', action: 'book', title: TITLE, question: 'elder' }]} id={7} title="示例张奶奶" />)
  ;(await button(/为此新办/)).click()
  ;(await button(/^预约服务$/)).click()
  await vi.waitFor(() => expect(document.querySelector('.ant-modal')?.textContent).toContain('示例张奶奶'), soon)
  ;(await button(/^提交$/)).click()
  await vi.waitFor(() => expect(document.querySelector('output')?.textContent).toBe('opened care.booking 31'), soon)
  expect(sent).toEqual([['/api/records/care.booking/actions/book', { elder: 7 }]])
})

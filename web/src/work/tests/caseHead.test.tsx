/** The head of the case desk against a server that answers what it was asked. */
import { QueryClientProvider } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import { Head } from '../cases/Head'
import { emptyQuery, parseWhere } from '../list/query'
import type { Model } from '../wire'
import { onStage } from './fixtures/stage'

const kinds = ['lamp', 'alarm'].map((value) => ({ value, label: { zh: value, en: value } }))
const model = {
  name: 'cases.case',
  fields: [{ key: 'kind', label: { zh: '事项', en: 'kind' }, kind: 'choice', options: kinds }],
  lives: { kind: 'kind', by_kind: { lamp: {}, alarm: {} } },
} as unknown as Model
/** Which kind each case is of; every other one is over time. */
const CASES = ['lamp', 'lamp', 'lamp', 'alarm', 'alarm', 'alarm', 'alarm', 'alarm']

function served(input: string): Promise<Response> {
  const url = new URL(input, 'http://desk')
  const where = url.searchParams.getAll('where')
  const kind = where.find((one) => one.startsWith('kind:'))?.split(':')[2]
  const isLate = where.some((one) => one.startsWith('breached:'))
  const found = CASES.filter((one, index) => (!kind || one === kind) && (!isLate || index % 2 === 0))
  const rows = kinds.map(({ value }) => ({ value, count: found.filter((one) => one === value).length }))
  return Promise.resolve(Response.json(url.pathname.endsWith('/facets') ? { rows } : { count: found.length, capped: false }))
}

const render = onStage(served)

function shown(view: 'board' | 'list', ...where: string[]) {
  const query = { ...emptyQuery, where: where.map((one) => parseWhere(one)!) }
  render(
    <QueryClientProvider client={createQueries()}>
      <Head model={model} desk={{ view, open: '', query }} show={() => undefined} />
    </QueryClientProvider>,
  )
  const said = () => document.querySelector('.count')?.textContent
  return { said, kinds: () => [...document.querySelectorAll('option')].map((one) => one.textContent) }
}

it.each(['board', 'list'] as const)('counts what the list shows, also on the %s', async (view) => {
  const { said } = shown(view)
  await vi.waitFor(() => expect(said()).toBe('8 件超时 4'))
})

it('says on the board how many of each kind there are', async () => {
  const { said, kinds } = shown('board')
  await vi.waitFor(() => expect(kinds()).toEqual(['lamp（3）', 'alarm（5）']))
  expect(said()).toContain('8 件')
})

it('counts one kind where the filter names it', async () => {
  const { said } = shown('board', 'kind:eq:alarm')
  await vi.waitFor(() => expect(said()).toBe('5 件超时 2'))
})

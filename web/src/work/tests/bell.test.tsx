/** The bell counts what is new, shows it, and says once that it was looked at. */
import { QueryClientProvider } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import { Bell } from '../shell/Bell'
import { onStage } from './fixtures/stage'

const letter = (id: number, unread: boolean) => ({
  id, title: `时限督办：${id} 件`, body: '临期', link: '/work/records/cases.case/7', urgent: false, at: '2026-11-28T12:00:00+08:00', unread,
})
const seen: unknown[] = []

function served(input: string, init: RequestInit = {}): Promise<Response> {
  if (init.method === 'POST') {
    seen.push([input, JSON.parse(String(init.body))])
    return Promise.resolve(new Response(null, { status: 204 }))
  }
  return Promise.resolve(Response.json({ rows: [letter(5, true), letter(4, true), letter(3, false)], unread: 2 }))
}

const render = onStage(served)

it('counts what is new, shows it, and says up to where it was looked at', async () => {
  render(
    <QueryClientProvider client={createQueries()}>
      <Bell />
    </QueryClientProvider>,
  )
  const bell = await vi.waitFor(() => document.querySelector('[aria-label="通知，2 条未读"]') ?? Promise.reject(new Error('no bell')))
  expect(seen).toEqual([])
  bell.closest('button')!.click()
  await vi.waitFor(() => expect(document.querySelectorAll('.letters li[data-unread]')).toHaveLength(2))
  expect(document.querySelector('.letters a')?.getAttribute('href')).toBe('/work/records/cases.case/7')
  await vi.waitFor(() => expect(seen).toEqual([['/api/notices/mine/seen', { newest: 5 }]]))
})

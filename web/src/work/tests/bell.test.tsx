/** The bell counts what is new, shows it, and says once that it was looked at. */
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import { Bell } from '../shell/Bell'

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

let root: Root
beforeEach(() => {
  vi.stubGlobal('fetch', served)
  document.body.innerHTML = '<div></div>'
  root = createRoot(document.body.firstElementChild!)
})
afterEach(() => {
  root.unmount()
  vi.unstubAllGlobals()
})

it('counts what is new, shows it, and says up to where it was looked at', async () => {
  root.render(
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

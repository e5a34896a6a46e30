/** The flows that matter most, through the real components against the stand-in server. */
import { createRoot, type Root } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createQueries } from '../../shared/queries'
import { App } from '../App'
import { Refusal } from './fixtures/call'
import { signInAgain, signOut } from './fixtures/desk'
import { tasks } from './fixtures/rows'
import { answer } from './fixtures/server'

let root: Root
let box: HTMLElement

async function served(input: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(input, 'http://desk')
  const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {}
  const path = url.pathname.split('/').slice(2).filter(Boolean).map(decodeURIComponent)
  try {
    return Response.json(await answer({ path, query: url.searchParams, method: init.method ?? 'GET', body }))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return Response.json({ status: error.status, ...error.body }, { status: error.status })
  }
}

function open(address: string): void {
  root.render(
    <QueryClientProvider client={createQueries()}>
      <MemoryRouter initialEntries={[address]}>
        <App />
      </MemoryRouter>
    </QueryClientProvider>,
  )
}

/** The deadline is generous, because the first page loads its parts; a page that is there is found at once. */
const soon = { timeout: 15_000, interval: 20 }
const found = <T,>(look: () => T | null | undefined): Promise<T> =>
  vi.waitFor(() => look() ?? Promise.reject(new Error(String(look))), soon)
const seen = (text: string | RegExp) => vi.waitFor(() => expect(document.body.textContent).toMatch(text), soon)

async function press(name: string | RegExp): Promise<void> {
  const controls = () => [...document.querySelectorAll<HTMLElement>('button, a')]
  ;(await found(() => controls().find((one) => one.textContent?.match(name) && !one.classList.contains('ant-btn-loading')))).click()
}

async function fill(id: string, text: string): Promise<void> {
  const control = await found(() => document.getElementById(id) as HTMLInputElement | null)
  const kind = control instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(control, text)
  control.dispatchEvent(new Event('input', { bubbles: true }))
}

beforeEach(() => {
  vi.stubGlobal('fetch', served)
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => setTimeout(() => run(0)))
  Element.prototype.scrollIntoView = () => {}
  signInAgain()
  box = document.body.appendChild(document.createElement('div'))
  root = createRoot(box)
})

afterEach(() => {
  root.unmount()
  document.body.replaceChildren()
})

describe('the desk', { timeout: 20_000 }, () => {
  it('lists records with counts, filters and masked values', async () => {
    open('/records/projects.task?where=category:in:works')
    await seen('口袋公园建设')
    expect(document.querySelectorAll('tbody tr')).toHaveLength(44)
    await seen('共 44 条')
    await seen('类别：工程类')
    expect(document.querySelector('.masked')?.textContent).toContain('张*')
    expect(document.querySelector('th[aria-sort="ascending"]')?.textContent).toBe('编码')
  })

  it('refuses an empty form with a word under each field and the focus on the first', async () => {
    open('/records/projects.task/new')
    await seen('承办与地点')
    await press('保存')
    await seen('有 3 处需要修改')
    expect(document.querySelectorAll('.field[data-wrong]')).toHaveLength(3)
    await vi.waitFor(() => expect(document.activeElement?.id).toBe('create_code'))
  })

  it('puts both versions side by side when somebody else was faster, and saves what was chosen', async () => {
    const task = tasks[5]!
    open(`/records/projects.task/${task.id}`)
    await seen('登记信息')
    await press('修改')
    await fill(`edit-${task.id}_note`, '抢先之外，我的一句话')
    await press('保存')
    await seen('别人刚刚改过这条记录')
    await seen('对方还改了这些项')
    document.querySelector<HTMLInputElement>('input[aria-label="来源原句 保留我的"]')?.click()
    await press('按选择保存')
    await vi.waitFor(() => expect(task['note']).toBe('抢先之外，我的一句话'), { timeout: 5_000 })
    expect(task['planned']).toBe(99)
  })

  it('says in words that the sign-in is wrong, then for how long it is locked', async () => {
    signOut()
    open('/')
    await seen('登录工作台')
    await fill('username', 'zhang')
    await fill('password', 'nonsense')
    await press(/^登录$/)
    await seen('用户名或密码不对。')
    await press(/^登录$/)
    await seen(/账号已暂时锁定。\d+:\d\d 后可再试/)
  })

  it('says that a page is not there', async () => {
    open('/records/projects.nothing')
    await seen('没有找到这个页面')
  })
})

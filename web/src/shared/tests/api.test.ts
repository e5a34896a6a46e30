import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api, Problem, urlOf } from '../api'

const fetched = vi.fn<typeof fetch>()
const answers = (status: number, body: unknown) =>
  fetched.mockResolvedValueOnce(new Response(status === 204 ? null : JSON.stringify(body), { status }))

beforeEach(() => {
  fetched.mockReset()
  vi.stubGlobal('fetch', fetched)
  document.cookie = 'csrftoken=abc'
})

afterEach(() => {
  document.cookie = 'csrftoken=; max-age=0'
})

test('missing values are left out of an address and lists repeat their key', () => {
  expect(urlOf('/api/x', { a: 1, b: undefined, c: null, d: '', e: ['p', 'q'], f: false })).toBe('/api/x?a=1&e=p&e=q&f=false')
  expect(urlOf('/api/x')).toBe('/api/x')
})

test('reading sends no token, changing does', async () => {
  answers(200, { rows: [] })
  await api.get('/api/data/x', { place: '120103' })
  answers(201, {})
  await api.post('/api/records/x', { values: {} })
  const [read, change] = fetched.mock.calls.map(([, init]) => new Headers(init?.headers))
  expect(read?.has('X-CSRFToken')).toBe(false)
  expect(change?.get('X-CSRFToken')).toBe('abc')
  expect(read?.get('Accept-Language')).toBe('zh-CN')
})

test('a problem document becomes an error that knows its fields', async () => {
  answers(422, { title: '有 1 处要改', code: 'invalid', do: '改正后再提交', errors: [{ field: 'title', message: '请填写', where: 'C12' }] })
  const problem = await api.post('/api/records/x').catch((error: unknown) => error as Problem)
  expect(problem).toBeInstanceOf(Problem)
  expect(problem).toMatchObject({ status: 422, code: 'invalid', message: '有 1 处要改', todo: '改正后再提交' })
  expect((problem as Problem).about('title')).toBe('请填写')
})

test('an error page that is no problem document still becomes a problem', async () => {
  fetched.mockResolvedValueOnce(new Response('<html>', { status: 502 }))
  await expect(api.get('/api/x')).rejects.toMatchObject({ status: 502, code: 'http_502' })
})

test('no answer at all is a problem of the network', async () => {
  fetched.mockRejectedValueOnce(new TypeError('failed to fetch'))
  await expect(api.get('/api/x')).rejects.toMatchObject({ status: 0, code: 'network' })
})

test('nothing comes back from a deletion', async () => {
  answers(204, null)
  await expect(api.delete('/api/views/x/1')).resolves.toBeUndefined()
})

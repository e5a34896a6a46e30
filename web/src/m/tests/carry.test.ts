import { afterEach, expect, test, vi } from 'vitest'
import { carry } from '../outbox/carry'
import type { Parcel } from '../outbox/parcel'

const parcel = (over: Partial<Parcel> = {}): Parcel => ({
  client_id: 'id-1', kind: 'statement', address: '/api/records/projects.placecheck/actions/file_place_check', body: { values: { task: 7, verdict: 'contests', note: '还没有亮' } }, subject: '路灯', photos: [],
  lane: 'id-1', adds: false, after: null, account: null, secret: null, present: null,
  state: 'waiting', written_at: 0, tries: 0, next_try_at: 0, refusal: null, record: null, sent_at: null, ...over,
})
const photo = { field: 'values.photo', name: 'photo.jpg', type: 'image/jpeg', bytes: new ArrayBuffer(3), file: null }
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

function answering(routes: Record<string, () => Response>) {
  const fetched = vi.fn((url: string, init?: RequestInit) => {
    const answer = routes[`${init?.method ?? 'GET'} ${url}`]
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError(`no route to ${url}`))
  })
  vi.stubGlobal('fetch', fetched)
  return fetched
}
const session = { 'GET /api/session': () => json({ csrf: 'token' }) }
const never = () => Promise.reject(new Error('nothing to remember'))

afterEach(() => vi.unstubAllGlobals())

test('a statement goes as values with its client id, under the token of the session', async () => {
  const fetched = answering({ ...session, 'POST /api/records/projects.placecheck/actions/file_place_check': () => json({ record: { id: 41 }, version: 1 }, 201) })
  expect(await carry(parcel(), never)).toEqual({ kind: 'sent', record: 41, version: 1 })
  const [, init] = fetched.mock.calls.at(-1) ?? []
  expect(JSON.parse(String(init?.body))).toEqual({ ...parcel().body, client_id: 'id-1' })
  expect(new Headers(init?.headers).get('X-CSRFToken')).toBe('token')
})

test('the photo goes first, is noted on the parcel, and its file is named in the values', async () => {
  const fetched = answering({ ...session, 'POST /api/files': () => json({ id: 5 }), 'POST /api/records/projects.placecheck/actions/file_place_check': () => json({ record: { id: 1 } }, 201) })
  const remember = vi.fn((noted: Parcel) => Promise.resolve(void noted))
  await carry(parcel({ photos: [photo] }), remember)
  expect(remember.mock.calls[0]?.[0].photos[0]?.file).toBe(5)
  expect(JSON.parse(String(fetched.mock.calls.at(-1)?.[1]?.body)).values.photo).toBe(5)
})

test('a photo that is there already is not uploaded again', async () => {
  const fetched = answering({ ...session, 'POST /api/records/projects.placecheck/actions/file_place_check': () => json({ record: { id: 1 } }, 201) })
  expect(await carry(parcel({ photos: [{ ...photo, file: 5 }] }), never)).toMatchObject({ kind: 'sent' })
  expect(fetched).toHaveBeenCalledTimes(2)
})

test('no answer, too busy and a fault of the server mean later; a refusal keeps the server\'s words', async () => {
  answering({})
  expect(await carry(parcel(), never)).toEqual({ kind: 'later' })
  for (const [status, body, outcome] of [
    [503, {}, { kind: 'later' }],
    [429, { retry_after: 30 }, { kind: 'later', after_ms: 30_000 }],
    [422, { title: '填写有误', do: '请改正', errors: [{ field: 'note', message: '太短' }] },
      { kind: 'refused', refusal: { status: 422, title: '填写有误', detail: '', do: '请改正', messages: ['太短'] } }],
  ] as const) {
    answering({ ...session, 'POST /api/records/projects.placecheck/actions/file_place_check': () => json(body, status) })
    expect(await carry(parcel(), never)).toEqual(outcome)
  }
})

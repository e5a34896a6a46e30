// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { device } from '../device/store'
import { discard, put, retry } from '../outbox/outbox'
import type { Draft, Parcel } from '../outbox/parcel'
import { flush, nextTry, type Carry, type Outcome } from '../outbox/send'
import { parcels } from '../outbox/shelf'

const draft = (over: Partial<Draft> = {}): Draft => ({
  kind: 'statement', address: '/api/records/projects.placecheck/actions/file_place_check', body: { values: { task: 7, verdict: 'confirms', note: '路灯已经亮了' } }, subject: '太阳能路灯', photos: [], ...over,
})

/** A server that knows what it has: the same id twice is one record. */
function server(answers: Outcome[] = []) {
  const records = new Map<string, number>()
  const seen: string[] = []
  const carry: Carry = (parcel) => {
    seen.push(parcel.client_id)
    const answer = answers.shift()
    if (answer) return Promise.resolve(answer)
    records.set(parcel.client_id, records.get(parcel.client_id) ?? records.size + 1)
    return Promise.resolve({ kind: 'sent', record: records.get(parcel.client_id) ?? null })
  }
  return { records, seen, carry }
}

const refusal = { status: 422, title: '说明太短', detail: '', do: '请写四个字以上', messages: [] }
const only = async (): Promise<Parcel> => {
  const [first] = await parcels()
  if (!first) throw new Error('the outbox is empty')
  return first
}

beforeEach(async () => {
  await (await device()).clear('outbox')
})

test('a statement is on the phone before anything is sent', async () => {
  await put(draft())
  expect(await only()).toMatchObject({ state: 'waiting', tries: 0, body: { values: { task: 7 } } })
})

test('a sent statement keeps the number of its record and is not sent again', async () => {
  const { carry, seen } = server()
  const { client_id } = await put(draft())
  await flush(carry)
  await flush(carry)
  expect(seen).toEqual([client_id])
  expect(await only()).toMatchObject({ state: 'sent', record: 1 })
})

test('two flushes at the same moment send one statement once', async () => {
  const { carry, seen } = server()
  await put(draft())
  await Promise.all([flush(carry), flush(carry), flush(carry)])
  expect(seen).toHaveLength(1)
})

test('a lost answer is asked for again under the same id, and the server has one record', async () => {
  const { carry, records } = server()
  let lost = false
  const losesFirstAnswer: Carry = async (parcel, remember) => {
    const answer = await carry(parcel, remember)
    if (lost) return answer
    lost = true
    return { kind: 'later' }
  }
  await put(draft())
  await flush(losesFirstAnswer)
  expect(await only()).toMatchObject({ state: 'waiting', tries: 1 })
  await flush(losesFirstAnswer)
  expect(await only()).toMatchObject({ state: 'sent' })
  expect(records.size).toBe(1)
})

test('without a way to the server everything waits, the oldest is tried first and the pause grows', async () => {
  const { carry, seen } = server([{ kind: 'later' }, { kind: 'later' }])
  const first = await put(draft(), 1_000)
  await put(draft(), 2_000)
  await flush(carry, { clock: () => 10_000 })
  expect(seen).toEqual([first.client_id])
  expect((await parcels()).at(-1)).toMatchObject({ tries: 1, next_try_at: 15_000 })
  await flush(carry, { clock: () => 20_000 })
  expect((await parcels()).at(-1)).toMatchObject({ tries: 2, next_try_at: 30_000 })
})

test('an automatic round respects the pause, a tap of the person does not', async () => {
  const { carry, seen } = server([{ kind: 'later', after_ms: 60_000 }])
  await put(draft(), 0)
  await flush(carry, { clock: () => 0 })
  expect(await nextTry()).toBe(60_000)
  await flush(carry, { onlyDue: true, clock: () => 59_999 })
  expect(seen).toHaveLength(1)
  await flush(carry, { clock: () => 59_999 })
  expect(await only()).toMatchObject({ state: 'sent' })
  expect(await nextTry()).toBeNull()
})

test('a refused statement shows the reason, lets the next one pass and is sent again only on request', async () => {
  const { carry, seen } = server([{ kind: 'refused', refusal }])
  const refused = await put(draft(), 1)
  await put(draft(), 2)
  await flush(carry)
  await flush(carry)
  expect((await parcels()).map(({ state }) => state)).toEqual(['sent', 'refused'])
  expect((await parcels())[1]?.refusal?.do).toBe('请写四个字以上')
  await retry(refused.client_id)
  await flush(carry)
  expect(seen.filter((id) => id === refused.client_id)).toHaveLength(2)
  expect((await parcels())[1]).toMatchObject({ state: 'sent', refusal: null, client_id: refused.client_id })
})

test('a photo that is already on the server is not uploaded twice, and its bytes leave the phone once all is sent', async () => {
  const photo = { field: 'values.photo', name: 'a.jpg', type: 'image/jpeg', bytes: new ArrayBuffer(8), file: null }
  const uploads: string[] = []
  let online = false
  const carry: Carry = async (parcel, remember) => {
    const [first] = parcel.photos
    if (first?.file === null) {
      uploads.push(first.name)
      await remember({ ...parcel, photos: [{ ...first, file: 5 }] })
    }
    return online ? { kind: 'sent', record: 9 } : { kind: 'later' }
  }
  await put(draft({ photos: [photo] }))
  await flush(carry)
  online = true
  await flush(carry)
  expect(uploads).toEqual(['a.jpg'])
  expect((await only()).photos).toEqual([{ ...photo, file: 5, bytes: null }])
})

test('a person may send without the photo, and may take a statement off the phone', async () => {
  const photo = { field: 'values.photo', name: 'a.jpg', type: 'image/jpeg', bytes: new ArrayBuffer(8), file: null }
  const { client_id } = await put(draft({ photos: [photo] }))
  await retry(client_id, { dropPhoto: true })
  expect((await only()).photos).toEqual([])
  await discard(client_id)
  expect(await parcels()).toEqual([])
})

const step = (key: string, over: Partial<Draft> = {}): Draft =>
  draft({ kind: 'work', address: `/api/records/cases.casetask/5/actions/${key}`, body: { values: {}, version: 3 }, lane: 'case 9', account: 8, ...over })
const sent = (version: number): Outcome => ({ kind: 'sent', record: 5, version })

test('steps of one case go in their order, and what one did oneself is no conflict for the next', async () => {
  const versions: unknown[] = []
  const carry: Carry = (parcel) => {
    versions.push(parcel.body['version'])
    return Promise.resolve(sent(versions.length + 3))
  }
  await put(step('accept_task'), 1)
  await put(step('finish_task'), 2)
  await flush(carry)
  expect(versions).toEqual([3, 4])
})

test('a step that met a conflict holds up those behind it, and other cases go on', async () => {
  const present = { version: 7, values: { state: 'accepted' } }
  const { carry, seen } = server([{ kind: 'conflict', refusal, present }])
  const first = await put(step('accept_task'), 1)
  const second = await put(step('finish_task'), 2)
  const other = await put(step('accept_task', { lane: 'case 10', address: '/api/records/cases.casetask/6/actions/accept_task' }), 3)
  await flush(carry)
  await flush(carry)
  expect(seen).toEqual([first.client_id, other.client_id])
  expect((await parcels()).find((one) => one.client_id === first.client_id)).toMatchObject({ state: 'conflict', present })
  await retry(first.client_id, { onPresent: true })
  await flush(carry)
  expect(seen.slice(2)).toEqual([first.client_id, second.client_id])
})

test('what only adds goes past a step that met a conflict, and its answer hides nothing that others did', async () => {
  const { carry, seen } = server([{ kind: 'conflict', refusal, present: { version: 7, values: {} } }, { kind: 'sent', record: 9, version: 8 }])
  const stuck = await put(step('accept_task'), 1)
  const note = await put(step('add_note', { adds: true, body: { values: { text: '已到现场' } } }), 2)
  await put(step('finish_task'), 3)
  await flush(carry)
  expect(seen).toEqual([stuck.client_id, note.client_id])
  expect((await parcels()).map(({ body }) => body['version'])).toEqual([3, undefined, 3])
})

test('a refused addition holds up no step', async () => {
  const { carry, seen } = server([{ kind: 'refused', refusal }])
  await put(step('add_note', { adds: true, body: { values: {} } }), 1)
  const second = await put(step('accept_task'), 2)
  await flush(carry)
  expect(seen.at(-1)).toBe(second.client_id)
})

test('after a conflict the step is done to the record as the person saw it', async () => {
  const versions: unknown[] = []
  const carry: Carry = (parcel) => {
    versions.push(parcel.body['version'])
    return Promise.resolve(versions.length === 1 ? { kind: 'conflict', refusal, present: { version: 7, values: {} } } : sent(8))
  }
  const { client_id } = await put(step('accept_task'))
  await flush(carry)
  await retry(client_id, { onPresent: true })
  await flush(carry)
  expect(versions).toEqual([3, 7])
})

test('what another account wrote waits without holding up what is mine', async () => {
  const { carry, seen } = server([{ kind: 'held' }])
  const theirs = await put(step('accept_task'), 1)
  const mine = await put(draft(), 2)
  await flush(carry)
  expect(seen).toEqual([theirs.client_id, mine.client_id])
  expect((await parcels()).map(({ state }) => state)).toEqual(['sent', 'waiting'])
})

test('a refused parcel uploads its photos anew, since the server forgets files that nobody used', async () => {
  const photo = { field: 'values.photo', name: 'a.jpg', type: 'image/jpeg', bytes: new ArrayBuffer(8), file: 5 }
  const { carry } = server([{ kind: 'refused', refusal }])
  const { client_id } = await put(draft({ photos: [photo] }))
  await flush(carry)
  await retry(client_id)
  expect((await only()).photos[0]?.file).toBeNull()
})

test('what was said of people leaves the phone with the parcel that carried it', async () => {
  const { carry } = server()
  await put(draft({ kind: 'report', address: '/api/cases', body: { reporter: { phone: '138' } } }))
  await flush(carry)
  expect(JSON.stringify(await only())).not.toContain('138')
})

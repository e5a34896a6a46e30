/** The small machinery of the dispatcher's desk: lives by kind, time in words, moving by keys, the address, bulk. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { doneToMany, inCommon, type Picked } from '../cases/bulk'
import { tilesAddress } from '../cases/api'
import { deeds, inOrder, milestones } from '../cases/Course'
import { deskAddress, deskFrom, kindOn, withKind } from '../cases/desk'
import { firstSpot, moved } from '../cases/keys'
import { axisFor, barOn, clockBar, placeOf, ticksOf } from '../cases/axis'
import { spanWords, standing, workingWords } from '../cases/time'
import { caseWords } from '../cases/words'
import { fieldsOf, uiFor, wishesIn } from '../form/schema'
import { toForm } from '../form/problems'
import { emptyQuery, filterShape, parseWhere } from '../list/query'
import { kindIn, modelOf, modelOfKind } from '../lives'
import { stepsFor } from '../record/steps'
import { valueText } from '../values'
import type { Action, HistoryEntry, Model } from '../wire'

const t = (zh: string, en = zh) => ({ zh, en })
const action = (id: string, from: string[], to: string | null, more: Partial<Action> = {}): Action => ({ id, title: t(id), from, to, ...more })
const state = (id: string, phase: string, final = false) => ({ id, title: t(`${id}词`), phase, final })
const office = { key: 'lead', label: t('主办'), kind: 'office', options: [{ value: 'housing', label: t('住建委', 'housing') }] }
const note = action('note', [], null)
const model = {
  name: 'cases.case',
  lifecycle: null,
  actions: [note],
  fields: [{ key: 'state', label: t('环节'), kind: 'choice', options: [] }, { key: 'kind', label: t('事项'), kind: 'choice' }, office],
  lives: {
    kind: 'kind',
    by_kind: {
      lamp: {
        lifecycle: {
          field: 'state',
          states: [state('new', 'new'), state('sent', 'working'), state('waiting', 'waiting'), state('mended', 'resolved'), state('closed', 'closed', true), state('refused', 'cancelled', true)],
        },
        actions: [
          action('accept', ['new'], 'sent', { primary: true }),
          action('refuse', ['new', 'sent'], 'refused'),
          action('back', ['sent'], 'new'),
          action('wait', ['sent'], 'waiting'),
          action('tasks_done', ['sent'], 'mended'),
          action('pass', ['mended'], 'closed', { primary: true }),
          note,
        ],
      },
      alarm: { lifecycle: { field: 'state', states: [state('new', 'new'), state('over', 'closed', true)] }, actions: [action('end', ['new'], 'over'), note] },
    },
  },
} as unknown as Model
const query = (...where: string[]) => ({ ...emptyQuery, where: where.map((one) => parseWhere(one)!) })

describe('a register of several lives', () => {
  it('gives each record the states and steps of its own kind, as the same object each time', () => {
    const own = modelOf(model, { kind: 'alarm' })
    expect(own.lifecycle?.states.map((one) => one.id)).toEqual(['new', 'over'])
    expect(own.actions.map((one) => one.id)).toEqual(['end', 'note'])
    expect(modelOf(model, { kind: 'alarm' })).toBe(own)
  })

  it('leaves a kind that nobody declares with what every record has', () => expect(modelOfKind(model, 'gone')).toBe(model))

  it('knows the one kind that a list is narrowed to', () => {
    expect(kindIn(model, query('kind:eq:lamp'))).toBe('lamp')
    expect(kindIn(model, query('kind:in:lamp,alarm'))).toBeUndefined()
    expect(kindIn(model, query())).toBeUndefined()
    expect(kindOn(model, query())).toBe('lamp')
  })

  it('shows the coming steps also where an office takes them', () =>
    expect(stepsFor(modelOfKind(model, 'lamp'), 'sent').map((one) => one.id)).toEqual(['new', 'sent', 'mended', 'closed']))

  it('shows a state of waiting only while the record waits', () => {
    const lamp = modelOfKind(model, 'lamp')
    expect(stepsFor(lamp, 'closed').map((one) => one.id)).not.toContain('waiting')
    expect(stepsFor(lamp, 'waiting').map((one) => one.id)).toContain('waiting')
  })
})

describe('time in words', () => {
  const now = Date.parse('2026-11-28T10:00:00Z')
  it('says the two largest units', () => {
    expect(spanWords(200 * 60_000, 'zh')).toBe('3 小时 20 分钟')
    expect(spanWords(26 * 3_600_000, 'zh')).toBe('1 天 2 小时')
    expect(spanWords(20_000, 'zh')).toBe('0 分钟')
    expect(spanWords(49 * 3_600_000, 'en')).toBe('2 days 1 h')
  })
  it('counts working time in working days of the district', () => {
    const day = 7.5 * 3_600_000
    expect(workingWords(8 * day, day, 'zh')).toBe('8 个工作日')
    expect(workingWords(day + 2 * 3_600_000, day, 'zh')).toBe('1 个工作日 2 小时')
    expect(workingWords(2 * 3_600_000, day, 'zh')).toBe('工作时间 2 小时')
    expect(workingWords(2 * day, day, 'en')).toBe('2 working days')
  })

  it('tells over, near, paused and without a limit apart', () => {
    expect(standing({ due_at: '2026-11-28T09:00:00Z' }, now)).toEqual({ word: 'over', ms: -3_600_000 })
    expect(standing({ due_at: '2026-11-28T11:00:00Z' }, now).word).toBe('near')
    expect(standing({ due_at: '2026-11-30T11:00:00Z' }, now).word).toBe('fine')
    expect(standing({ paused: true, due_at: null }, now).word).toBe('paused')
    expect(standing({ due_at: null, breached: true }, now).word).toBe('was')
    expect(standing({ due_at: null }, now).word).toBe('none')
  })

})

describe('the axis of time', () => {
  const now = Date.parse('2026-11-28T10:00:00Z')
  const day = 86_400_000
  const at = (days: number) => new Date(now + days * day).toISOString()
  const case_ = (opened: number, due: number | null) => ({ opened_at: at(opened), due_at: due === null ? null : at(due) })
  const long = ({ start, end }: { start: number; end: number }) => end - start

  it('draws a longer delay longer, over all that can be told apart', () => {
    const rows = [0.1, 1, 3, 14, 60, 80, 200, 364].map((days) => case_(-days - 1, -days))
    const axis = axisFor(rows, now)
    const lengths = rows.map((row) => long(barOn(row, axis, now)!.late!))
    lengths.slice(1).forEach((length, index) => expect(length - lengths[index]!).toBeGreaterThan(0.02))
  })

  it('reaches as far as its rows need', () => {
    expect(axisFor([case_(-80, -75), case_(-1, 3)], now)).toEqual({ back: 90 * day, on: 7 * day })
    expect(axisFor([case_(-3000, -2000), case_(-1, 300)], now)).toEqual({ back: 365 * day, on: 90 * day })
    expect(axisFor([], now)).toEqual({ back: 7 * day, on: 7 * day })
  })

  it('marks what is longer than the axis and draws it no longer', () => {
    const axis = { back: 90 * day, on: 7 * day }
    const bar = barOn(case_(-900, -800), axis, now)!
    expect(bar.cut).toEqual({ start: true, end: false })
    expect(bar.late).toEqual({ start: 0, end: placeOf(0, axis) })
    expect(barOn(case_(-1, 90), axis, now)!).toMatchObject({ given: { end: 1 }, late: null, cut: { start: false, end: true } })
  })

  it('draws the delay of a clock behind its limit, a longer one longer', () => {
    expect(clockBar(0.5, -day)).toEqual({ given: 0.35, late: 0 })
    const [short, long, longest] = [day / 24, 30 * day, 3000 * day].map((ms) => clockBar(1, ms))
    expect(short!.given).toBe(0.7)
    expect(short!.late).toBeLessThan(long!.late / 4)
    expect(longest!.given + longest!.late).toBeCloseTo(1)
  })

  it('has no bar without a limit, and its ticks stand in their order', () => {
    const axis = { back: 90 * day, on: 7 * day }
    expect(barOn(case_(-1, null), axis, now)).toBeNull()
    expect(ticksOf(axis).map((tick) => tick.days)).toEqual([-90, -30, -7, -1, 0, 1, 7])
    expect([ticksOf(axis)[0]!.at, ticksOf(axis).at(-1)!.at]).toEqual([0, 1])
  })
})

describe('moving over the board', () => {
  const sizes = [2, 0, 3]
  it('passes over empty columns and keeps within the shorter one', () => {
    expect(moved(sizes, [0, 1], 'ArrowRight')).toEqual([2, 1])
    expect(moved(sizes, [2, 2], 'ArrowLeft')).toEqual([0, 1])
  })
  it('stops at the edges', () => {
    expect(moved(sizes, [0, 1], 'ArrowDown')).toBeNull()
    expect(moved(sizes, [2, 0], 'ArrowRight')).toBeNull()
    expect(moved(sizes, [0, 0], 'Enter')).toBeNull()
  })
  it('begins at the first case there is', () => {
    expect(firstSpot([0, 4])).toEqual([1, 0])
    expect(firstSpot([0, 0])).toBeNull()
  })
})

describe('the address of the desk', () => {
  it('holds view, filters and the open case', () => {
    const desk = { view: 'map' as const, open: '7', query: query('urgency:eq:danger') }
    const address = deskAddress(desk)
    expect(deskFrom(new URLSearchParams(address.split('?')[1]))).toEqual(desk)
  })
  it('drops the state with the kind', () =>
    expect(withKind(query('state:eq:sent', 'kind:eq:lamp', 'place:within:12'), 'alarm').where.map((one) => `${one.field}:${one.value}`)).toEqual(['place:12', 'kind:alarm']))
  it('asks tiles for the same filters', () =>
    expect(tilesAddress(query('phase:eq:new'), 'http://desk')).toBe('http://desk/api/tiles/cases/{z}/{x}/{y}.mvt?where=phase%3Aeq%3Anew'))
})

describe('one action on many', () => {
  const picked = (id: number, kind: string, at: string): Picked => ({ id, version: 1, number: `N${id}`, title: '', kind, state: at })
  afterEach(() => vi.unstubAllGlobals())

  it('offers only what every one of them allows', () => {
    expect(inCommon(model, [picked(1, 'lamp', 'new'), picked(2, 'lamp', 'new')]).map((one) => one.id)).toEqual(['accept', 'refuse', 'note'])
    expect(inCommon(model, [picked(1, 'lamp', 'new'), picked(2, 'lamp', 'sent')]).map((one) => one.id)).toEqual(['refuse', 'note'])
    expect(inCommon(model, [picked(1, 'lamp', 'new'), picked(2, 'alarm', 'new')]).map((one) => one.id)).toEqual(['note'])
  })

  it('tells for each what became of it, by the address for many', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json({ results: [{ id: 1, result: 'done' }, { id: 2, result: 'conflict', problem: { title: '已被他人更新' } }] })),
    )
    expect(await doneToMany([picked(1, 'lamp', 'new'), picked(2, 'lamp', 'new')], 'accept', {}, '')).toEqual([
      { id: 1, ok: true },
      expect.objectContaining({ id: 2, ok: false }),
    ])
  })

  it('goes one by one where there is no such address', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url)
      if (url.endsWith('/bulk')) return Promise.resolve(Response.json({}, { status: 404 }))
      return Promise.resolve(Response.json(url.includes('/2/') ? { title: '不能办理' } : {}, { status: url.includes('/2/') ? 403 : 200 }))
    })
    const found = await doneToMany([picked(1, 'lamp', 'new'), picked(2, 'lamp', 'new')], 'accept', {}, '')
    expect(found.map((one) => one.ok)).toEqual([true, false])
    expect(asked.slice(1)).toEqual(['/api/records/cases.case/1/actions/accept', '/api/records/cases.case/2/actions/accept'])
  })
})

describe('several organisations', () => {
  const field = { ...office, key: 'organisations', kind: 'offices' }
  it('reads as words, from labels or from codes', () => {
    expect(valueText(field, ';housing;civil;', { organisations__label: [t('住建委'), t('民政局')] }, null, 'zh')).toBe('住建委、民政局')
    expect(valueText(field, ';housing;', {}, null, 'zh')).toBe('住建委')
  })
  it('is a list in a form, with the offices of the register to choose from', () => {
    const schema = { properties: { co: { type: 'array', items: { type: 'string' }, 'x-hexi-widget': 'offices' }, pics: { type: 'array', items: { type: 'integer' }, 'x-hexi-widget': 'photos' } } }
    const fields = fieldsOf(schema as never, [office] as never)
    expect(fields.map((one) => [one.kind, one.options?.length])).toEqual([['offices', 1], ['file', undefined]])
    const ui = uiFor(fields, wishesIn(schema as never)) as Record<string, Record<string, unknown>>
    expect([ui['co']!['ui:widget'], ui['pics']!['ui:widget']]).toEqual(['offices', 'photos'])
    expect(toForm({ co: ';housing;civil;' }, ['co'])).toEqual({ co: ['housing', 'civil'] })
  })
  it('is filtered like a choice', () => expect(filterShape(field as never)).toBe('choice'))
})

describe('the whole course', () => {
  const say = (key: keyof typeof caseWords, gaps: Record<string, string> = {}) => caseWords[key][0].replace(/\{(\w+)\}/g, (_, gap: string) => gaps[gap] ?? '')
  it('is one line after the other in the order in which it happened', () => {
    const entries = [
      { id: 2, at: '2026-11-28T02:00:00Z', who: '甲', action: 'accept', action_label: t('受理'), why: '属实', changes: [], post: null },
      { id: 1, at: '2026-11-28T01:00:00Z', who: '', action: 'open', action_label: t('上报'), why: '', changes: [], post: null },
    ] as unknown as HistoryEntry[]
    const tasks = { model: { fields: [office] } as unknown as Model, rows: [{ id: 5, version: 1, office: 'housing', state: 'done', result: '已修好', done_at: '2026-11-28T03:00:00Z' }] }
    const lines = inOrder([...deeds(entries, say, (one) => (one.action_label as { zh: string }).zh), ...milestones(tasks as never, say, 'zh')])
    expect(lines.map((one) => one.text)).toEqual(['平台：上报', '甲：受理', 'housing反馈：已修好'])
    expect(lines[1]!.why).toBe('（理由：属实）')
  })
})

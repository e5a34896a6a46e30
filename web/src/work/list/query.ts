/** The whole state of a list as one value, and the same value as a URL: what a link can carry, a saved view can keep. */
import type { Field, Kind, ViewQuery } from '../wire'

export type Op = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in' | 'has' | 'within' | 'at' | 'missing'
export interface Where {
  field: string
  op: Op
  value: string
}
/** `set` names the rows behind an indicator (`key.hit`): a drill from a figure arrives with it. */
export interface ListQuery {
  q: string
  where: Where[]
  set: string
  sort: string
  columns: string[]
  after: string
}

const OPS = new Set<string>(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'has', 'within', 'at', 'missing'])
export const emptyQuery: ListQuery = { q: '', where: [], set: '', sort: '', columns: [], after: '' }

/** `field:op:value`; the value may itself hold colons (a moment does). Anything else is ignored, so an old link still opens. */
export function parseWhere(text: string): Where | null {
  const [field, op, ...rest] = text.split(':')
  if (!field || !op || !OPS.has(op) || rest.length === 0) return null
  return { field, op: op as Op, value: rest.join(':') }
}

export const whereText = (where: Where): string => `${where.field}:${where.op}:${where.value}`

export function fromUrl(params: URLSearchParams): ListQuery {
  return {
    q: params.get('q') ?? '',
    where: params
      .getAll('where')
      .map(parseWhere)
      .filter((where) => where !== null),
    set: params.get('set') ?? '',
    sort: params.get('sort') ?? '',
    columns: params.get('columns')?.split(',').filter(Boolean) ?? [],
    after: params.get('after') ?? '',
  }
}

export function toUrl(query: ListQuery): URLSearchParams {
  const params = new URLSearchParams()
  if (query.q) params.set('q', query.q)
  query.where.forEach((where) => params.append('where', whereText(where)))
  if (query.set) params.set('set', query.set)
  if (query.sort) params.set('sort', query.sort)
  if (query.columns.length) params.set('columns', query.columns.join(','))
  if (query.after) params.set('after', query.after)
  return params
}

/** What the server is asked: the URL without what only the picture needs. */
export function toRequest(query: ListQuery, limit?: number): URLSearchParams {
  const params = toUrl({ ...query, columns: [] })
  if (limit) params.set('limit', String(limit))
  return params
}

/** The question without paging and order: for counts, facets and exports. */
export function toScope(query: ListQuery, withoutField?: string): URLSearchParams {
  const where = query.where.filter((item) => item.field !== withoutField)
  return toUrl({ ...emptyQuery, q: query.q, set: query.set, where })
}

/** Replaces every condition on one field; a change of the question always goes back to the first page. */
export function withField(query: ListQuery, field: string, conditions: Where[]): ListQuery {
  const others = query.where.filter((item) => item.field !== field)
  return { ...query, where: [...others, ...conditions], after: '' }
}

export const conditionsOn = (query: ListQuery, field: string): Where[] => query.where.filter((item) => item.field === field)

export const isNarrowed = (query: ListQuery): boolean => query.q !== '' || query.set !== '' || query.where.length > 0

export function toView(query: ListQuery): ViewQuery {
  return { q: query.q, where: query.where.map(whereText), set: query.set, sort: query.sort, columns: query.columns }
}

export function fromView(view: ViewQuery): ListQuery {
  return {
    q: view.q ?? '',
    where: (view.where ?? []).map(parseWhere).filter((where) => where !== null),
    set: view.set ?? '',
    sort: view.sort ?? '',
    columns: view.columns ?? [],
    after: '',
  }
}

/** Same question and picture; the page within it does not matter. */
export const sameView = (one: ListQuery, other: ListQuery): boolean =>
  toUrl({ ...one, after: '' }).toString() === toUrl({ ...other, after: '' }).toString()

export type SortOrder = 'ascend' | 'descend' | null

export function sortOrder(sort: string, field: string): SortOrder {
  if (sort === field) return 'ascend'
  return sort === `-${field}` ? 'descend' : null
}

export function sortText(field: string, order: SortOrder | undefined): string {
  if (!order) return ''
  return order === 'descend' ? `-${field}` : field
}

export type FilterShape = 'choice' | 'range' | 'days' | 'place' | 'flag' | 'text' | 'presence'

const SHAPES: Record<Kind, FilterShape> = {
  text: 'text',
  longtext: 'text',
  number: 'range',
  money: 'range',
  flag: 'flag',
  choice: 'choice',
  moment: 'days',
  day: 'days',
  place: 'place',
  office: 'choice',
  offices: 'choice',
  reference: 'choice',
  file: 'presence',
  document: 'presence',
}

export const filterShape = (field: Field): FilterShape => SHAPES[field.kind as Kind] ?? 'presence'

const DAY_MS = 86_400_000

/** A day as typed, as the moment it starts in the district (UTC+8 all year). */
const dayStart = (day: string): string => `${day}T00:00:00+08:00`
const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)

/** From and to as people mean them: both ends included. */
export function dayRange(field: Field, from: string, to: string): Where[] {
  const moment = field.kind === 'moment'
  const conditions: Where[] = []
  if (from) conditions.push({ field: field.key, op: 'ge', value: moment ? dayStart(from) : from })
  if (to) conditions.push(moment ? { field: field.key, op: 'lt', value: dayStart(nextDay(to)) } : { field: field.key, op: 'le', value: to })
  return conditions
}

export function daysIn(conditions: Where[]): { from: string; to: string } {
  const from = conditions.find((item) => item.op === 'ge')?.value.slice(0, 10) ?? ''
  const last = conditions.find((item) => item.op === 'le')?.value.slice(0, 10)
  const before = conditions.find((item) => item.op === 'lt')?.value.slice(0, 10)
  return { from, to: last ?? (before ? previousDay(before) : '') }
}

const previousDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10)

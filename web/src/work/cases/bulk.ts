/** One action on many cases: each succeeds or fails on its own. */
import { api, Problem } from '../../shared/api'
import { recordPath } from '../records'
import { sentenceOf } from '../shell/Problems'
import type { Action, Id, Model, Saved, Values } from '../wire'
import { modelOf } from '../lives'
import { CASE } from './api'

export interface Picked {
  id: Id
  version: number
  number: string
  title: string
  kind: string
  state: string
}
export interface Outcome {
  id: Id
  ok: boolean
  error?: string
}

interface Result {
  id: Id
  result: 'done' | 'refused' | 'conflict'
  problem?: ConstructorParameters<typeof Problem>[1] & { status?: number } | null
}

/** What can be done to all of them: actions of every kind among them, and steps that lead on from where each stands. */
export function inCommon(model: Model, picked: readonly Picked[]): Action[] {
  const fits = (action: Action, one: Picked) => !action.from.length || action.from.includes(one.state)
  const of = (one: Picked) => modelOf(model, { kind: one.kind }).actions.filter((action) => !action.creates && fits(action, one))
  const [first, ...others] = picked.map(of)
  return (first ?? []).filter((action) => others.every((actions) => actions.some((other) => other.id === action.id)))
}

async function one(picked: Picked, action: string, values: Values, why: string): Promise<Outcome> {
  try {
    await api.post<Saved>(`${recordPath(CASE, picked.id)}/actions/${action}`, { values, version: picked.version, why })
    return { id: picked.id, ok: true }
  } catch (error) {
    return { id: picked.id, ok: false, error: sentenceOf(error) }
  }
}

const isMissing = (error: unknown): boolean => error instanceof Problem && (error.status === 404 || error.status === 405)

/** By the server's own address for many, and one after the other where it has none. */
export async function doneToMany(picked: readonly Picked[], action: string, values: Values, why: string): Promise<Outcome[]> {
  const rows = picked.map(({ id, version }) => ({ id, version }))
  try {
    const { results } = await api.post<{ results: Result[] }>('/api/cases/bulk', { rows, action, values, why })
    return results.map(({ id, result, problem }) => ({ id, ok: result === 'done', ...(problem ? { error: sentenceOf(new Problem(problem.status ?? 400, problem)) } : {}) }))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const found: Outcome[] = []
  for (const row of picked) found.push(await one(row, action, values, why))
  return found
}

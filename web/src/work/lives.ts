/**
 * A register may hold records of several kinds, each with a life of its own: cases. The rest of the desk knows one life per model, so
 * here a record gets the model as its own kind has it.
 */
import { conditionsOn, type ListQuery } from './list/query'
import type { Life, Model, Values } from './wire'

const known = new WeakMap<Model, Map<string, Model>>()

/** The states of one kind have labels of their own, though two kinds may share a key. */
function withStates(model: Model, life: NonNullable<Life['lifecycle']>): Model['fields'] {
  const options = life.states.map((state) => ({ value: state.id, label: state.title }))
  return model.fields.map((field) => (field.key === life.field ? { ...field, options } : field))
}

/** The model with the life of this kind; the model itself where it has no such kind. The same object each time. */
export function modelOfKind(model: Model, kind: unknown): Model {
  const life = typeof kind === 'string' ? model.lives?.by_kind[kind] : undefined
  if (!life || typeof kind !== 'string') return model
  const kinds = known.get(model) ?? new Map<string, Model>()
  known.set(model, kinds)
  const found = kinds.get(kind) ?? {
    ...model,
    lifecycle: life.lifecycle,
    actions: life.actions,
    fields: life.lifecycle ? withStates(model, life.lifecycle) : model.fields,
  }
  kinds.set(kind, found)
  return found
}

export const modelOf = (model: Model, record: Values): Model => (model.lives ? modelOfKind(model, record[model.lives.kind]) : model)

/** The one kind that a list is narrowed to. */
export function kindIn(model: Model, query: ListQuery): string | undefined {
  if (!model.lives) return undefined
  const [only, ...more] = conditionsOn(query, model.lives.kind)
  if (!only || more.length || !['eq', 'in'].includes(only.op) || only.value.includes(',')) return undefined
  return only.value in model.lives.by_kind ? only.value : undefined
}

/** The model as a list shows it: with the life of its one kind, if it is narrowed to one. */
export const modelIn = (model: Model, query: ListQuery): Model => modelOfKind(model, kindIn(model, query))

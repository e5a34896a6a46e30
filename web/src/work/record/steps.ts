/** Which states belong on the bar of one record: those it came through and those the usual way leads to, not every branch of the life cycle. */
import type { Action, Model, State } from '../wire'

/** Where states say which phase they are of, the first step that leads on counts as usual: back, aside and giving up do not. */
function ahead(leaving: Action[], states: State[], state: string): string[] {
  const place = (id: string | null | undefined) => states.findIndex((one) => one.id === id)
  const leads = (target: State | undefined) => Boolean(target?.phase) && target?.phase !== 'waiting' && target?.phase !== 'cancelled'
  const next = leaving.find((action) => place(action.to) > place(state) && leads(states[place(action.to)]))
  return next ? [next.to!] : []
}

/** Where the usual way goes from a state: the primary steps, else the only one; a fork without a usual branch ends the bar. */
function onward(actions: Action[], states: State[], state: string): string[] {
  const leaving = actions.filter((action) => action.to && action.to !== state && action.from.includes(state))
  const primary = leaving.filter((action) => action.primary)
  const targets = new Set((primary.length ? primary : leaving).map((action) => action.to!))
  return primary.length || targets.size === 1 ? [...targets] : ahead(leaving, states, state)
}

/** Where a record may have come from: what only leads back to an earlier state, such as doing it again, is no way that it must have gone. */
function backward(actions: Action[], states: State[], state: string): string[] {
  const place = (id: string) => states.findIndex((one) => one.id === id)
  return actions.filter((action) => action.to === state).flatMap((action) => action.from.filter((from) => place(from) < place(state)))
}

function reach(start: string, next: (state: string) => string[]): Set<string> {
  const seen = new Set<string>()
  const open = [start]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const one of next(state))
      if (!seen.has(one)) {
        seen.add(one)
        open.push(one)
      }
  }
  return seen
}

/**
 * Of the states that a record may have come from, those that it must have gone through: with one of them away no way leads to it.
 * A life without phases is not told apart so finely.
 */
function surelyBehind(actions: Action[], states: State[], current: string): Set<string> {
  const before = (without?: string) => (state: string) => backward(actions, states, state).filter((one) => one !== without)
  const behind = reach(current, before())
  const starts = [...behind].filter((state) => !backward(actions, states, state).length)
  if (!states.find((one) => one.id === current)?.phase) return behind
  const isSure = (state: string) => !starts.some((start) => start !== state && reach(current, before(state)).has(start))
  return new Set([...behind].filter((state) => state === current || isSure(state)))
}

/**
 * In the declared order. An exceptional end, and a state of waiting, show only while the record is there. How far it came before it was
 * given up or merged the model can't tell: then only its beginning and its end are sure.
 */
export function stepsFor(model: Model, current: string): State[] {
  const states = model.lifecycle?.states ?? []
  const now = states.find((state) => state.id === current)
  if (now?.final && now.phase === 'cancelled') return [states[0]!, now]
  const coming = reach(current, (state) => onward(model.actions, states, state))
  const behind = surelyBehind(model.actions, states, current)
  const at = states.findIndex((state) => state.id === current)
  return states.filter((state, index) => state.id === current || (index < at ? behind.has(state.id) && !state.final && state.phase !== 'waiting' : coming.has(state.id)))
}

/** Which states belong on the bar of one record: those it came through and may still reach, not every branch of the life cycle. */
import type { Model, State } from '../wire'

type Edges = Map<string, Set<string>>

function edgesOf(model: Model): { forward: Edges; backward: Edges; usual: Edges } {
  const [forward, backward, usual]: Edges[] = [new Map(), new Map(), new Map()]
  const add = (edges: Edges, from: string, to: string) => edges.set(from, (edges.get(from) ?? new Set()).add(to))
  for (const { from, to, primary } of model.actions) {
    for (const source of to ? from : []) {
      add(forward!, source, to!)
      add(backward!, to!, source)
      if (primary) add(usual!, source, to!)
    }
  }
  return { forward: forward!, backward: backward!, usual: usual! }
}

function reach(edges: Edges, start: string): Set<string> {
  const seen = new Set<string>()
  const open = [start]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const next of edges.get(state) ?? []) if (!seen.has(next)) { seen.add(next); open.push(next) }
  }
  return seen
}

/** In the declared order. An exceptional end (struck off) shows only when the record has come to it. */
export function stepsFor(model: Model, current: string): State[] {
  const states = model.lifecycle?.states ?? []
  const { forward, backward, usual } = edgesOf(model)
  const ahead = reach(forward, current)
  const usualAhead = reach(usual, current)
  const behind = reach(backward, current)
  const at = states.findIndex((state) => state.id === current)
  return states.filter((state, index) => {
    if (state.id === current) return true
    if (behind.has(state.id) && index < at) return !state.final
    if (!ahead.has(state.id) || index < at) return false
    return !state.final || usualAhead.size === 0 || usualAhead.has(state.id)
  })
}

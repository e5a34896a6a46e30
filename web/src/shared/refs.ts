/** The whole language of the spec: `$scope.x`, `$row.x`, `$user.x`, literals, and `==`, `in`, `and` in `when`. */
import type { Row, Value } from './spec'

export interface Surroundings {
  scope?: Readonly<Record<string, string | undefined>>
  row?: Row
  user?: Readonly<Record<string, string | undefined>>
}

const REFERENCE = /^\$(scope|row|user)\.(\w+)$/

/** The value a parameter stands for; undefined when the reference leads nowhere. */
export function resolved(value: Value | undefined, around: Surroundings): Value | undefined {
  const match = typeof value === 'string' ? REFERENCE.exec(value) : null
  if (!match) return value ?? undefined
  const found = around[match[1] as keyof Surroundings]?.[match[2] as string]
  return isValue(found) ? (found ?? undefined) : undefined
}

const isValue = (thing: unknown): thing is Value =>
  thing === null || typeof thing === 'string' || typeof thing === 'number' || typeof thing === 'boolean'

/** All parameters with their references followed; those that lead nowhere are left out. */
export function resolvedAll(params: Record<string, Value> | null | undefined, around: Surroundings): Record<string, Value> {
  const pairs = Object.entries(params ?? {}).map(([key, value]) => [key, resolved(value, around)] as const)
  return Object.fromEntries(pairs.filter((pair): pair is [string, Value] => pair[1] !== undefined))
}

function literal(text: string): Value {
  const quoted = /^'(.*)'$|^"(.*)"$/.exec(text)
  if (quoted) return quoted[1] ?? quoted[2] ?? ''
  if (text === 'null' || text === 'true' || text === 'false') return JSON.parse(text) as Value
  return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : text
}

const operand = (text: string, around: Surroundings): Value => resolved(literal(text.trim()), around) ?? null
const same = (left: Value, right: Value): boolean => left === right || (left !== null && right !== null && String(left) === String(right))

function holdsOne(term: string, around: Surroundings): boolean {
  const inside = /^(.+?)\s+in\s+\[(.*)\]$/.exec(term)
  if (inside) return (inside[2] ?? '').split(',').some((one) => same(operand(inside[1] ?? '', around), operand(one, around)))
  const [left, right] = term.split('==')
  return left !== undefined && right !== undefined && same(operand(left, around), operand(right, around))
}

/** Does a `when` hold? No `when` always holds; one that cannot be read does not. */
export function holds(when: string | null | undefined, around: Surroundings): boolean {
  return !when || when.split(/\s+and\s+/).every((term) => holdsOne(term.trim(), around))
}

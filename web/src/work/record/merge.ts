/** Two people changed the same record: what each of them did, and the values to send once a person has chosen. */
import type { Values } from '../wire'

export type Side = 'mine' | 'theirs'
export interface Clash {
  field: string
  before: unknown
  mine: unknown
  theirs: unknown
}

/** Empty is empty, however it is written. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(blank(one)) === JSON.stringify(blank(other))
}

const blank = (value: unknown): unknown => (value === undefined || value === null || value === '' ? null : value)

/** Only what the person changed is sent: untouched fields cannot overwrite somebody's work. */
export function changedValues(before: Values, after: Values, fields: string[]): Values {
  const changed = fields.filter((field) => !isSame(before[field], after[field]))
  return Object.fromEntries(changed.map((field) => [field, blank(after[field])]))
}

/** Fields that both changed, to different values. */
export function clashes(before: Values, mine: Values, theirs: Values): Clash[] {
  return Object.keys(mine)
    .filter((field) => !isSame(before[field], theirs[field]) && !isSame(mine[field], theirs[field]))
    .map((field) => ({ field, before: before[field], mine: mine[field], theirs: theirs[field] }))
}

/** Fields that only they changed: shown, so that nobody is surprised, and kept. */
export function onlyTheirs(before: Values, mine: Values, theirs: Values, fields: string[]): Clash[] {
  return fields
    .filter((field) => !(field in mine) && !isSame(before[field], theirs[field]))
    .map((field) => ({ field, before: before[field], mine: before[field], theirs: theirs[field] }))
}

/** What is still to be sent on top of their version. A clash without a choice is not decided: `null`. */
export function resolved(mine: Values, open: Clash[], chosen: Record<string, Side>, theirs: Values): Values | null {
  if (open.some((clash) => !chosen[clash.field])) return null
  const kept = Object.entries(mine).filter(([field, value]) => chosen[field] !== 'theirs' && !isSame(value, theirs[field]))
  return Object.fromEntries(kept)
}

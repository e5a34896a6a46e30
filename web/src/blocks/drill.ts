/** What a click on a row means: narrow the scope of this page, or open another one. */
import { useMemo } from 'react'
import { recordHref, recordsHref, screenPath } from '../shared/links'
import { resolved, resolvedAll } from '../shared/refs'
import { narrow, scopeNow, useScope, visit, type ScopeValues } from '../shared/scope'
import type { Drill, Row, Value } from '../shared/spec'
import { openHow } from './explain'

const asScope = (values: Record<string, Value>): ScopeValues =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === null ? undefined : String(value)]))

/** The scope values that a drill on this row would set. */
export const scopeOf = (drill: Drill, row: Row): ScopeValues => asScope(resolvedAll(drill.scope, { row, scope: scopeNow() }))

function isShown(values: ScopeValues, scope: ScopeValues): boolean {
  const entries = Object.entries(values)
  return entries.length > 0 && entries.every(([key, value]) => value !== undefined && scope[key] === value)
}

/** The explanation of an indicator is a dialog over the page one is on. */
const EXPLANATION = 'records.how'

function open(target: NonNullable<Drill['open']>, row: Row): void {
  const values = resolvedAll(target.with, { row, scope: scopeNow() })
  if (target.page === EXPLANATION) {
    openHow(String(values['key'] ?? row['key']))
    return
  }
  if (target.page) visit(screenPath(target.page), asScope(values))
  const entity = resolved(target.entity, { row })
  if (entity) location.assign(hrefOfEntity(String(entity), values))
}

function hrefOfEntity(entity: string, values: Record<string, Value>): string {
  if (values['id'] !== undefined && values['id'] !== null && Object.keys(values).length === 1)
    return recordHref(entity, String(values['id']))
  const { set, ...fields } = values
  return recordsHref(entity, {
    set: set == null ? undefined : String(set),
    where: Object.entries(fields).map(([field, value]) => `${field}:${field === 'place' ? 'within' : 'eq'}:${value}`),
  })
}

/** Go where this drill leads from this row. */
export function go(drill: Drill, row: Row): void {
  if (drill.open) {
    open(drill.open, row)
    return
  }
  const values = scopeOf(drill, row)
  const shown = isShown(values, scopeNow())
  narrow(shown ? Object.fromEntries(Object.keys(values).map((key) => [key, undefined])) : values)
}

export interface Drilling {
  drill: ((row: Row) => void) | undefined
  picked: (row: Row) => boolean
}

/** Drilling into what is already shown undoes it. */
export function useDrill(drill: Drill | null | undefined): Drilling {
  const scope = useScope()
  return useMemo(
    () => ({
      drill: drill ? (row: Row) => go(drill, row) : undefined,
      picked: (row: Row) => Boolean(drill?.scope) && isShown(scopeOf(drill as Drill, row), scope),
    }),
    [drill, scope],
  )
}

/** What the server found wrong, put on the fields of the form; what fits no field is said above it. */
import type { ErrorSchema } from '@rjsf/utils'
import type { FieldProblem } from '../../shared/api'
import type { Field, Values } from '../wire'

export interface Placed {
  onFields: ErrorSchema<Values>
  others: string[]
}

const known = (fields: Field[], name: string | null | undefined): string | undefined => {
  const root = name?.split('.')[0]
  return fields.find((field) => field.key === root)?.key
}

export function placed(problems: FieldProblem[], fields: Field[]): Placed {
  const onFields: Record<string, { __errors: string[] }> = {}
  const others: string[] = []
  for (const { field, message } of problems) {
    const key = known(fields, field)
    if (key) (onFields[key] ??= { __errors: [] }).__errors.push(message)
    else others.push(message)
  }
  return { onFields: onFields as ErrorSchema<Values>, others }
}

/** An emptied field is sent as null, or the server would keep the old value; a field never filled in is not sent. */
export function toSend(data: Values, keys: string[], start: Values): Values {
  const filled = keys.filter((key) => data[key] !== undefined || start[key] !== undefined)
  return Object.fromEntries(filled.map((key) => [key, data[key] ?? null]))
}

/** A record writes several organisations as one text, a form as a list. */
const listed = (value: unknown): unknown =>
  typeof value === 'string' && value.startsWith(';') && value.endsWith(';') ? value.split(';').filter(Boolean) : value

/** Records write "unknown" as null or as empty text; a form knows only "not filled in". */
export function toForm(values: Values, keys: string[]): Values {
  const filled = keys.filter((key) => values[key] !== null && values[key] !== undefined && values[key] !== '')
  return Object.fromEntries(filled.map((key) => [key, listed(values[key])]))
}

/** JSON Schema 2020-12 validation for rjsf without `eval`, so that the strict CSP (`script-src 'self'`) holds. */
import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import { toErrorSchema, type RJSFSchema, type RJSFValidationError, type ValidatorType } from '@rjsf/utils'
import { messageFor, type Lang } from './messages'

/** Applicators repeat the failure of what they contain; the leaf carries the message. A choice (`oneOf`, `anyOf`) is itself the leaf. */
const APPLICATORS = new Set(['properties', 'items', 'prefixItems', 'allOf', '$ref', 'if', 'then', 'else', 'dependentSchemas', 'not'])
const CHOICES = new Set(['oneOf', 'anyOf'])

const compiled = new WeakMap<object, Validator>()

function compile(schema: RJSFSchema): Validator {
  let found = compiled.get(schema)
  if (!found) compiled.set(schema, (found = new Validator(schema as Schema, '2020-12', false)))
  return found
}

/** JSON has no `undefined`, and an emptied control counts as not filled in. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null)
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutEmpty(inner)]))
}

function step(schema: RJSFSchema | undefined, key: string, root: RJSFSchema): RJSFSchema | undefined {
  const at = resolve(schema, root)
  return (at?.properties?.[key] ?? (/^\d+$/.test(key) ? at?.items : undefined)) as RJSFSchema | undefined
}

function resolve(schema: RJSFSchema | undefined, root: RJSFSchema): RJSFSchema | undefined {
  const name = schema?.$ref?.replace('#/$defs/', '')
  return name ? (root.$defs?.[name] as RJSFSchema | undefined) : schema
}

function pathOf(unit: OutputUnit): string[] {
  const path = unit.instanceLocation.replace(/^#\/?/, '').split('/').filter(Boolean)
  const missing = unit.keyword === 'required' ? /"([^"]+)"/.exec(unit.error)?.[1] : undefined
  return missing ? [...path, missing] : path
}

function insideChoice(unit: OutputUnit, choices: OutputUnit[]): boolean {
  return choices.some((choice) => choice !== unit && unit.keywordLocation.startsWith(choice.keywordLocation + '/'))
}

function leaves(units: OutputUnit[]): OutputUnit[] {
  const choices = units.filter((unit) => CHOICES.has(unit.keyword))
  return units.filter((unit) => !APPLICATORS.has(unit.keyword) && !insideChoice(unit, choices))
}

function toError(unit: OutputUnit, root: RJSFSchema, lang: Lang): RJSFValidationError {
  const path = pathOf(unit)
  const schema = resolve(
    path.reduce<RJSFSchema | undefined>((at, key) => step(at, key, root), root),
    root,
  )
  const message = messageFor(unit.keyword, schema, lang, unit.error)
  const property = '.' + path.join('.')
  return {
    name: unit.keyword,
    property,
    message,
    stack: `${schema?.title ?? property} ${message}`,
    schemaPath: unit.keywordLocation,
    params: {},
  }
}

/** One message per field: the first one is the one a person can act on. */
export function errorsIn(schema: RJSFSchema, data: unknown, lang: Lang): RJSFValidationError[] {
  const found = new Map<string, RJSFValidationError>()
  for (const unit of leaves(compile(schema).validate(withoutEmpty(data) ?? {}).errors)) {
    const error = toError(unit, schema, lang)
    if (!found.has(error.property!)) found.set(error.property!, error)
  }
  return [...found.values()]
}

const merged = new WeakMap<object, RJSFSchema>()

/** A branch of the root schema may point at the root's `$defs`. */
function withDefinitions(schema: RJSFSchema, root: RJSFSchema | undefined): RJSFSchema {
  if (!root?.$defs || schema === root || schema.$defs) return schema
  let found = merged.get(schema)
  if (!found) merged.set(schema, (found = { ...schema, $defs: root.$defs }))
  return found
}

/** An rjsf validator that speaks the language `lang()` gives at the moment of the check. */
export function validatorIn<T>(lang: () => Lang): ValidatorType<T, RJSFSchema> {
  return {
    validateFormData: (data, schema) => {
      const errors = errorsIn(schema, data, lang())
      return { errors, errorSchema: toErrorSchema<T>(errors) }
    },
    isValid: (schema, data, root) => compile(withDefinitions(schema, root)).validate(withoutEmpty(data) ?? {}).valid,
    rawValidation: <Result>(schema: RJSFSchema, data?: T) => ({ errors: errorsIn(schema, data, lang()) as Result[] }),
  }
}

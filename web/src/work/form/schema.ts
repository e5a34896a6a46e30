/** From the server's model to what rjsf draws: one control per field, chosen by the field's kind. */
import type { RJSFSchema, UiSchema } from '@rjsf/utils'
import type { Text } from '../../shared/spec'
import type { Field, FormGroup, Kind, Model } from '../wire'

type Property = RJSFSchema & Record<string, unknown>

/** pydantic writes "may be empty" as a union with null. A form shows the one real branch; empty is simply not filled in. */
export function withoutNull(property: Property): Property {
  const branches = (property.anyOf ?? property.oneOf) as Property[] | undefined
  const kept = preferred(branches?.filter((branch) => branch.type !== 'null'))
  if (branches && kept && branches.length > 1) {
    const { anyOf: _any, oneOf: _one, ...rest } = property
    return { ...kept, ...rest } as Property
  }
  if (!Array.isArray(property.type)) return property
  const types = property.type.filter((type) => type !== 'null')
  return { ...property, type: types.length === 1 ? types[0] : types } as Property
}

/** The one branch to draw. An exact number may also come as text, which a form need not offer. */
function preferred(branches: Property[] | undefined): Property | undefined {
  const numbers = branches?.filter((branch) => branch.type === 'number' || branch.type === 'integer')
  return branches?.length === 1 ? branches[0] : branches?.length === 2 && numbers?.length === 1 ? numbers[0] : undefined
}

/** Keeps only the fields that the form shows, in the schema's own order. */
export function formSchema(schema: RJSFSchema, shown: string[]): RJSFSchema {
  const all = Object.entries((schema.properties ?? {}) as Record<string, Property>)
  const properties = Object.fromEntries(all.filter(([key]) => shown.includes(key)).map(([key, property]) => [key, tidy(property)]))
  const { title: _title, description: _description, ...rest } = schema
  return { ...rest, type: 'object', properties, required: (schema.required ?? []).filter((key) => key in properties) }
}

/** A required text that is empty must be refused here too, and a default of null is no default. */
function tidy(property: Property): Property {
  const plain = withoutNull(property)
  if (plain.default !== null) return plain
  const { default: _empty, ...rest } = plain
  return rest as Property
}

export const groupedFields = (model: Model): string[] => model.ui.form.groups.flatMap((group) => group.fields)

const WIDGETS: Record<Kind, string> = {
  text: 'text',
  longtext: 'textarea',
  number: 'amount',
  money: 'amount',
  flag: 'yesNo',
  choice: 'choice',
  moment: 'moment',
  day: 'day',
  place: 'place',
  office: 'offices',
  offices: 'offices',
  reference: 'reference',
  file: 'files',
  document: 'document',
}

const widgetOf = (field: Field, wish: string | undefined): string =>
  field.picks ? 'picked' : (WISHES[wish ?? ''] ?? WIDGETS[field.kind as Kind] ?? 'text')

/** The server's own wish for a control (`ui.form.widgets`) counts where this desk knows the word. */
const WISHES: Record<string, string> = {
  textarea: 'textarea',
  radio: 'radioChoice',
  password: 'password',
  photos: 'photos',
  case: 'case',
  case_to_merge: 'caseToMerge',
  category: 'category',
  clock: 'clock',
}

/** Controls that the schema itself asks for. */
export function wishesIn(schema: RJSFSchema): Record<string, string> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Property>)
  return Object.fromEntries(
    properties.flatMap(([key, property]) => ((property as Hints)['x-hexi-widget'] ? [[key, (property as Hints)['x-hexi-widget']!]] : [])),
  )
}

export function uiFor(fields: Field[], wishes: Record<string, string> = {}): UiSchema {
  const ui: UiSchema = { 'ui:submitButtonOptions': { norender: true } }
  for (const field of fields) {
    const widget = widgetOf(field, wishes[field.key])
    ui[field.key] = { 'ui:widget': widget, 'ui:options': { field, ...(widget === 'textarea' ? { rows: 4 } : {}) } }
  }
  return ui
}

interface Hints {
  'x-hexi-kind'?: Kind
  'x-hexi-unit'?: Text
  'x-hexi-reference'?: string
  'x-hexi-place'?: boolean
  'x-hexi-widget'?: string
  'x-help'?: Text
  'x-hexi-suggested'?: string
  'x-hexi-among'?: string[]
  'x-hexi-picks'?: string
  format?: string
  type?: unknown
  title?: string
}

const FORMATS: Record<string, Kind> = { date: 'day', 'date-time': 'moment', file: 'file', place: 'place', textarea: 'longtext' }

/** A form that is no register's names its control, which tells the kind too. */
const WISHED_KINDS: Record<string, Kind> = { textarea: 'longtext', office: 'office', offices: 'offices', photos: 'file' }

/** An action's form comes as a bare schema: the kind is stated, or read from type and format. */
export function kindOf(property: Property): Kind {
  const hints = withoutNull(property) as Hints & Property
  if (hints['x-hexi-kind']) return hints['x-hexi-kind']
  if (hints['x-hexi-place']) return 'place'
  if (hints['x-hexi-reference']) return 'reference'
  if (hints.format && FORMATS[hints.format]) return FORMATS[hints.format]!
  const wish = WISHED_KINDS[hints['x-hexi-widget'] ?? '']
  if (wish) return wish
  if (hints.enum || hints.oneOf || (hints.items as Property | undefined)?.oneOf) return 'choice'
  if (hints.type === 'boolean') return 'flag'
  if (hints.type === 'number' || hints.type === 'integer') return 'number'
  if (hints.type === 'array') return 'file'
  return 'text'
}

const isOffice = (kind: Kind): boolean => kind === 'office' || kind === 'offices'

/** A question for an organisation offers those that the register knows. */
const officesOf = (known: Field[]): Field['options'] => known.find((field) => isOffice(field.kind as Kind) && field.options)?.options ?? []

/** Fields of an action's form. A step of the life cycle asks for fields of the record, and lends them unit and target from the model. */
export function fieldsOf(schema: RJSFSchema, known: Field[]): Field[] {
  const required = new Set(schema.required ?? [])
  return Object.entries((schema.properties ?? {}) as Record<string, Property>).map(([key, property]) => {
    const hints = property as Hints
    const same = known.find((field) => field.key === key && field.kind === kindOf(property))
    const label: Text = hints.title ?? same?.label ?? key
    return {
      key,
      label,
      kind: kindOf(property),
      unit: hints['x-hexi-unit'] ?? same?.unit ?? null,
      reference: hints['x-hexi-reference'] ?? same?.reference ?? null,
      help: hints['x-help'] ?? null,
      suggested: hints['x-hexi-suggested'] ?? null,
      among: hints['x-hexi-among'] ?? [],
      picks: hints['x-hexi-picks'] ?? null,
      ...(isOffice(kindOf(property)) ? { options: same?.options ?? officesOf(known) } : {}),
      multiple: withoutNull(property).type === 'array',
      required: required.has(key),
    }
  })
}

export const oneGroup = (fields: Field[], title = ''): FormGroup[] => [
  { title: { zh: title, en: title }, cols: 1, fields: fields.map((field) => field.key) },
]

import { said } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { labelKey } from '../values'
import type { Field, RecordAnswer, Values } from '../wire'

/** Names of what a record points at, for controls that hold only a code. */
export function labelsOf(record: Values, fields: Field[]): Record<string, string> {
  const pairs = fields.map((field) => [field.key, said(record[labelKey(field.key)] as Text | null | undefined)] as const)
  return Object.fromEntries(pairs.filter(([, label]) => label))
}

/** The answer with the labels of its references written beside the values, as rows of a list have them. */
export function withLabels(answer: RecordAnswer): RecordAnswer {
  const record = { ...answer.record }
  for (const [field, link] of Object.entries(answer.references ?? {})) if (link && !(labelKey(field) in record)) record[labelKey(field)] = link.label
  return { ...answer, record }
}

/** What a record says usually answers a question of one of its actions. */
import type { Text } from '../../shared/spec'
import type { Field, RecordAnswer, Values } from '../wire'

export interface Suggested {
  value: string | string[]
  why: Text | null
}

const inside = (document: unknown, key: string): unknown => (document as Values | null | undefined)?.[key]

/** Questions that begin with what a field of the record says, such as a text that is to be mended. */
export function begunWith(fields: readonly Field[], record: Values): Values {
  const own = fields.filter((field) => field.suggested && !field.suggested.includes('.'))
  return Object.fromEntries(own.map((field) => [field.key, record[field.suggested!]]))
}

/** What the records are called that such a question begins with. */
export function begunLabels(fields: readonly Field[], answer: RecordAnswer | undefined): Record<string, string> {
  const called = fields.flatMap((field) => {
    const label = answer?.references[field.suggested ?? field.key]?.label
    return label ? [[field.key, label] as const] : []
  })
  return Object.fromEntries(called)
}

/** The suggestions for these questions by key, read where each says that the record has its own. */
export function suggestedFor(fields: readonly Field[], record: Values): Record<string, Suggested> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const [document = '', key = ''] = (field.suggested ?? '').split('.')
      const [value, why] = [inside(record[document], key), inside(record[document], 'why')]
      return value === undefined ? [] : [[field.key, { value: value as Suggested['value'], why: (why ?? null) as Text | null }]]
    }),
  )
}

/** What a record says usually answers a question of one of its actions. */
import type { Text } from '../../shared/spec'
import type { Field, Values } from '../wire'

export interface Suggested {
  value: string | string[]
  why: Text | null
}

const inside = (document: unknown, key: string): unknown => (document as Values | null | undefined)?.[key]

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

/** What an act asks, in the ways in which a phone can ask it; the moment at which it is written is the phone's to say. */
import type { Question } from '../data/cases'
import type { Act } from '../data/work'

export interface Field { name: string; question: Question; needed: boolean; kind: 'long' | 'photos' | 'plain' | 'written' | 'hidden' }

/** Left empty, the running clock is meant: nobody in the street chooses among clocks. */
const HIDDEN = new Set(['clock'])

function kindOf(name: string, question: Question): Field['kind'] {
  if (HIDDEN.has(name)) return 'hidden'
  const widget = question['x-hexi-widget']
  if (widget === 'photos' || widget === 'written') return widget
  return widget === 'textarea' ? 'long' : 'plain'
}

export const isAsked = ({ kind }: Field): boolean => kind !== 'hidden' && kind !== 'written'

export function fieldsOf(act: Act): Field[] {
  const needed = new Set(act.form?.required ?? [])
  return Object.entries(act.form?.properties ?? {}).map(([name, question]) => ({ name, question, needed: needed.has(name), kind: kindOf(name, question) }))
}

/** The moments that the phone itself answers: now, however late it is sent. */
export const writtenNow = (fields: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.filter(({ kind }) => kind === 'written').map(({ name }) => [name, new Date().toISOString()]))

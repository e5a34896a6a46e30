/** What an act asks, in the three ways in which a phone can ask it. */
import type { Question } from '../data/cases'
import type { Act } from '../data/work'

export interface Field { name: string; question: Question; needed: boolean; kind: 'long' | 'photos' | 'plain' | 'hidden' }

/** Left empty, the running clock is meant: nobody in the street chooses among clocks. */
const HIDDEN = new Set(['clock'])

function kindOf(name: string, question: Question): Field['kind'] {
  if (HIDDEN.has(name)) return 'hidden'
  const widget = question['x-hexi-widget']
  return widget === 'textarea' ? 'long' : widget === 'photos' ? 'photos' : 'plain'
}

export function fieldsOf(act: Act): Field[] {
  const needed = new Set(act.form?.required ?? [])
  return Object.entries(act.form?.properties ?? {}).map(([name, question]) => ({ name, question, needed: needed.has(name), kind: kindOf(name, question) }))
}

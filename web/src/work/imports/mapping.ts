/** Which column of a file becomes which field, and what stands in the way of an import. */
import type { ImportColumn, ImportMode, ImportPreview, ImportQuestion, SheetField } from '../wire'

export type Mapping = Record<number, string>
/** By the key of each question. */
export type Answers = Record<string, string>
export type Confidence = 'sure' | 'likely' | 'unsure' | 'none'

export const proposed = (columns: ImportColumn[]): Mapping => {
  const taken = new Set<string>()
  const best = [...columns].sort((one, other) => other.confidence - one.confidence)
  const mapping: Mapping = {}
  for (const column of best) {
    if (!column.field || taken.has(column.field)) continue
    taken.add(column.field)
    mapping[column.index] = column.field
  }
  return mapping
}

/** One field has one column: choosing it again takes it away from the other column. */
export function assign(mapping: Mapping, index: number, field: string | null): Mapping {
  const others = Object.entries(mapping).filter(([at, taken]) => Number(at) !== index && taken !== field)
  const next: Mapping = Object.fromEntries(others)
  if (field) next[index] = field
  return next
}

export const missingFields = (mapping: Mapping, fields: SheetField[]): SheetField[] => {
  const taken = new Set(Object.values(mapping))
  return fields.filter((field) => field.required && !taken.has(field.key))
}

export function confidence(column: ImportColumn, chosen: string | undefined): Confidence {
  if (!chosen) return 'none'
  if (chosen !== column.field) return 'sure'
  if (column.confidence >= 0.9) return 'sure'
  return column.confidence >= 0.6 ? 'likely' : 'unsure'
}

/** A step may be taken only when the one before it is done; the number is what the wizard shows. */
export type Step = 'upload' | 'match' | 'preview' | 'result'
export const STEPS: Step[] = ['upload', 'match', 'preview', 'result']

/** The answers as they stand on the form: what was chosen, else what the file speaks for. */
export const chosen = (questions: ImportQuestion[]): Answers => Object.fromEntries(questions.map((one) => [one.key, one.answer || one.proposed]))

/** Nothing goes in before every question is answered; all or nothing is refused while rows are bad; good rows need at least one. */
export function commitBlock(mode: ImportMode, found: Pick<ImportPreview, 'good' | 'bad' | 'questions'>): 'questions' | 'bad_rows' | 'no_rows' | null {
  const { good, bad, questions } = found
  if (questions.some((one) => !one.answer)) return 'questions'
  if (good === 0) return 'no_rows'
  return mode === 'all_or_nothing' && bad > 0 ? 'bad_rows' : null
}

/** One project as its page shows it, gathered from its record, its targets and its progress entries. */
import type { Quality, RecordDoc, RecordList, Text } from '../../shared/spec'

export interface StageView { key: string; title: Text }

export interface TargetView {
  id: string
  label: Text
  comparator: Text
  planned: number | null
  unit: Text
  done: number | null
  /** True when somebody stated that it is reached, with or without a figure. */
  met: boolean
  asOf: string | null
}

export interface EntryView {
  id: string
  on: string
  text: Text
  value: number | null
  unit: Text
  photos: string[]
  source: Text
}

export interface SentenceView { kind: 'official' | 'planned'; text: string; source: Text }

export interface TaskView {
  id: string
  title: Text
  category: string
  status: string
  reason: Text
  asOf: string | null
  quality: Quality | undefined
  stage: string | null
  stages: StageView[]
  lead: Text
  group: Text
  places: Text[]
  from: string | null
  due: string | null
  targets: TargetView[]
  entries: EntryView[]
  sentences: SentenceView[]
  confirms: number
  contests: number
}

type Read = Readonly<Record<string, unknown>>
type Dictionary = Record<string, Record<string, Text>> | null | undefined

const text = (value: unknown): Text => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'zh' in value ? (value as Text) : ''
}
const word = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)
const figure = (value: unknown): number | null => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** The label of a code: beside the value, in the dictionary, or the code itself. */
const labelled = (read: Read, field: string, words: Dictionary): Text => {
  const code = read[field]
  return text(read[`${field}__label`]) || (typeof code === 'string' && words?.[field]?.[code]) || text(code)
}

/** Chinese and English of one field, which the register keeps side by side; Chinese where the English is missing. */
const both = (read: Read, field: string): Text => {
  const zh = text(read[field])
  const en = word(read[`${field}_en`])
  return typeof zh === 'string' && en ? { zh, en } : zh
}

/** First and last stage of each kind of life: a task shows the course of its own kind only. */
const COURSES: Record<string, readonly [string, string]> = { works: ['planned', 'struck_off'], procedure: ['open', 'closed'], service: ['running', 'reached'] }

function courseOf(kind: string | null, words: Dictionary): StageView[] {
  const stages = Object.entries(words?.['stage'] ?? {}).map(([key, title]) => ({ key, title }))
  const [first, last] = COURSES[kind ?? ''] ?? ['', '']
  const from = stages.findIndex((stage) => stage.key === first)
  return from < 0 ? stages : stages.slice(from, stages.findIndex((stage) => stage.key === last) + 1)
}

export function taskOf(answer: RecordDoc & { dict?: Dictionary }): Omit<TaskView, 'targets' | 'entries'> {
  const { record, dict } = answer
  return {
    id: String(record.id),
    title: both(record, 'title'),
    category: word(record['category']) ?? '',
    status: word(record['status']) ?? 'unknown',
    reason: both(record, 'reason'),
    asOf: word(record['as_of']),
    quality: undefined,
    stage: word(record['stage']),
    stages: courseOf(word(record['kind']), dict),
    lead: labelled(record, 'lead', dict),
    group: labelled(record, 'group', dict),
    places: [labelled(record, 'place', dict) || text(record['place_names'])],
    from: word(record['start']),
    due: word(record['due']),
    sentences: [
      { kind: 'official', text: word(record['status_sentence']) ?? '', source: text(record['status_source']) },
      { kind: 'planned', text: word(record['source_sentence']) ?? '', source: text(record['source']) },
    ],
    confirms: figure(record['confirms']) ?? 0,
    contests: figure(record['contests']) ?? 0,
  }
}

export function targetsOf(list: RecordList | undefined): TargetView[] {
  return (list?.rows ?? []).map((row) => ({
    id: String(row.id),
    label: both(row, 'label'),
    comparator: labelled(row, 'comparator', list?.dict),
    planned: figure(row['planned']),
    unit: labelled(row, 'unit', list?.dict),
    done: figure(row['done']),
    met: row['met'] === true,
    asOf: word(row['as_of']),
  }))
}

export function entriesOf(list: RecordList | undefined): EntryView[] {
  return (list?.rows ?? []).map((row) => ({
    id: String(row.id),
    on: word(row['on']) ?? '',
    text: both(row, 'note'),
    value: figure(row['value']),
    unit: labelled(row, 'unit', list?.dict),
    photos: row['photo'] ? [`/api/files/${String(row['photo'])}`] : [],
    source: text(row['source']),
  }))
}

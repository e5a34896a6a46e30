/** Reads a task's registers into what its page shows. Anything missing stays missing: nothing is filled in here. */
import type { RecordDoc, RecordList, Text } from '../../shared/spec'
import type { EntryView, MarkView, MilestoneView, StageView, TargetView, TaskView } from './task'

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

/** The record alone; targets, milestones and entries come from lists of their own. */
export type TaskRecord = Omit<TaskView, 'targets' | 'entries' | 'milestones'>

interface Mark { kind: string; zh: string; en: string; note?: Text | null }

function marksOf(value: unknown): MarkView[] {
  const marks = Array.isArray(value) ? (value as Mark[]) : []
  return marks.map(({ kind, zh, en, note }) => ({ kind, text: { zh, en }, note: note ?? '' }))
}

export function taskOf(answer: RecordDoc & { dict?: Dictionary }): TaskRecord {
  const { record, dict } = answer
  return {
    id: String(record.id),
    title: both(record, 'title'),
    category: word(record['category']) ?? '',
    status: word(record['status']) ?? 'unknown',
    reason: both(record, 'reason'),
    asOf: word(record['as_of']),
    stage: word(record['stage']),
    stages: courseOf(word(record['kind']), dict),
    lead: labelled(record, 'lead', dict),
    group: labelled(record, 'group', dict),
    places: [labelled(record, 'place', dict) || text(record['place_names'])],
    basis: text(record['basis']),
    doubt: both(record, 'doubt'),
    marks: marksOf(record['marks']),
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
    comparator: row['comparator'] === 'exactly' ? '' : labelled(row, 'comparator', list?.dict),
    planned: figure(row['planned']),
    unit: both(row, 'unit'),
    done: figure(row['done']),
    met: row['met'] === true,
    asOf: word(row['as_of']),
  }))
}

export function milestonesOf(list: RecordList | undefined): MilestoneView[] {
  return (list?.rows ?? []).map((row) => ({
    id: String(row.id),
    name: both(row, 'name'),
    state: word(row['state']) ?? 'waiting',
    stateWord: labelled(row, 'state', list?.dict),
    when: text(row['reached']) || text(row['printed']) || text(row['planned']),
  }))
}

/** Newest first. A word on the task and a word on its target in the same sentence are shown once. */
export function entriesOf(list: RecordList | undefined): EntryView[] {
  const seen = new Set<string>()
  const current = (list?.rows ?? []).filter((row) => row['current'] !== false)
  const first = current.filter((row) => {
    const mark = JSON.stringify([row['on'], row['note'], row['value']])
    return !seen.has(mark) && seen.add(mark)
  })
  return first.map((row) => ({
    id: String(row.id),
    on: word(row['on']) ?? '',
    text: both(row, 'note'),
    value: figure(row['value']),
    unit: both(row, 'unit'),
    photos: row['evidence'] ? [`/api/files/${String(row['evidence'])}`] : [],
    source: text(row['source']),
  }))
}

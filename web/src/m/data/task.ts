/** One project as its page shows it, gathered from its record, its targets and its progress entries. */
import type { Quality, Text } from '../../shared/spec'

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

/** One project as its page shows it, whatever the shape of the registers behind it. */
import type { Text } from '../../shared/spec'

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

/** One step of a task that somebody planned or reported. */
export interface MilestoneView { id: string; name: Text; state: string; stateWord: Text; when: Text }

/** What the sources leave open about a task. */
export interface MarkView { kind: string; text: Text; note: Text }

export interface SentenceView { kind: 'official' | 'planned'; text: string; source: Text }

export interface TaskView {
  id: string
  title: Text
  category: string
  status: string
  reason: Text
  asOf: string | null
  stage: string | null
  stages: StageView[]
  lead: Text
  group: Text
  places: Text[]
  from: string | null
  due: string | null
  /** What the platform assumes where the sources are silent. */
  basis: Text
  doubt: Text
  marks: MarkView[]
  targets: TargetView[]
  milestones: MilestoneView[]
  entries: EntryView[]
  sentences: SentenceView[]
  confirms: number
  contests: number
}

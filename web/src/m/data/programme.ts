/** The programme as the phone reads it: its counts, its 20 groups and their tasks. */
import type { Envelope, Quality, Row, Text } from '../../shared/spec'

export interface Summary extends Row {
  programme?: number | string | null
  tasks: number
  done: number
  /** Counted as done by a source whose text lost the names; they are among `unknown`. */
  unnamed?: number
  on_schedule: number
  by_procedure: number
  under_way?: number
  at_risk?: number
  late?: number
  unknown?: number
}

export interface Group extends Row {
  number: number
  name: Text
  tasks: number
  done: number
  status?: string | null
}

export interface Task extends Row {
  id: number
  code: string
  title: Text
  category: string
  status: string
  level?: string | null
  group?: number | string | null
  lead?: Text | null
  done_value?: number | null
  planned_value?: number | null
  unit?: Text | null
  share?: number | null
  place?: string | null
  place_name?: Text | null
  as_of?: string | null
}

export const SUMMARY = '/api/data/projects.summary'
export const GROUPS = '/api/data/projects.groups'
export const TASKS = '/api/data/projects.tasks'

export type { Envelope, Quality }

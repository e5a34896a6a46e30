/** What somebody has to do outside, as one answer that the phone keeps. */
import type { Text } from '../../shared/spec'
import type { Question } from './cases'

export interface Act {
  on: 'task' | 'case'
  key: string
  label: Text
  /** True for a step of the life of its record, false for what is done beside it. */
  step: boolean
  from: string[]
  to: string
  primary: boolean
  needs_reason: boolean
  form: { properties?: Record<string, Question>; required?: string[] } | null
}

export interface WorkCase {
  id: number
  version: number
  number: string
  title: string
  description?: string | null
  kind: string
  state: string
  phase: string
  urgency: string
  category__label?: Text
  place__label?: Text
  lon: number | null
  lat: number | null
  address?: string | null
  opened_at: string
  due_at: string | null
  breached: boolean
  paused: boolean
  supporters: number
  files?: number[] | null
}

export interface WorkTask {
  id: number
  version: number
  role: string
  state: string
  instruction: string
  designated: boolean
  assigned_at: string
}

export interface Card { case: WorkCase; task: WorkTask | null; acts: Act[] }
type Dict = Record<string, Record<string, Text>>
/** The words of codes: of cases in `dict`, of tasks in `task_dict`, since both have states. */
export interface Work { cards: Card[]; as_of: string; dict: Dict; task_dict: Dict; more: boolean }

/** The part behind the # stays on the phone: what one account read is kept apart from what another did. */
export const workOf = (account: number): string => `/api/cases/work#${account}`

/** What somebody has to do outside, as one answer that the phone keeps. */
import type { Lang } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import type { Question } from './cases'

export interface Act {
  on: 'task' | 'case' | 'round'
  key: string
  label: Text
  /** True for a step of the life of its record, false for what is done beside it. */
  step: boolean
  from: string[]
  to: string
  primary: boolean
  /** It only adds to its record, so it is sent without a version. */
  adds: boolean
  needs_reason: boolean
  form: { properties?: Record<string, Question>; required?: string[] } | null
}

export interface WorkCase {
  id: number
  version: number
  number: string
  title: string
  title_en?: string
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

/** The title in the reader's language where it has one in it. */
export const titleOf = (one: WorkCase, lang: Lang): string => (lang === 'en' && one.title_en) || one.title

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

/** One thing of a round: the record that is acted on, and what is said of it. */
export interface Stop {
  record: number
  title: Text
  place: Text
  due_on: string
  lon: number | null
  lat: number | null
  facts: { label: Text; said: Text; link?: string }[]
  /** Where its record stands, for rounds whose acts are steps; what the phone kept before has none. */
  state?: string
  version?: number
}
/** What else falls due outside, as some room declares it. */
export interface Round { key: string; label: Text; entity: string; stops: Stop[]; acts: Act[] }

/**
 * The words of codes: of cases in `dict`, of tasks in `task_dict`, since both have states. What the phone kept before there were
 * rounds has none.
 */
export interface Work { cards: Card[]; rounds?: Round[]; as_of: string; dict: Dict; task_dict: Dict; more: boolean; patrols?: boolean }

/** The part behind the # stays on the phone: what one account read is kept apart from what another did. */
export const workOf = (account: number): string => `/api/cases/work#${account}`

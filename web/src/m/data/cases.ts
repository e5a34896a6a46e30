/** What the phone asks about cases. */
import type { Text } from '../../shared/spec'
import type { Point } from '../place/shapes'

export interface Question {
  title?: string
  description?: string
  type?: string
  oneOf?: { const: string; title: string }[]
  items?: { oneOf?: { const: string; title: string }[] }
  default?: unknown
  minimum?: number
  maximum?: number
  maxLength?: number
  'x-hexi-widget'?: string
}
export interface CaseKind {
  key: string
  label: Text
  public: boolean
  reopens_days: number
  kept_days: number
  on_the_spot: boolean
  questions: { properties?: Record<string, Question>; required?: string[] } | null
}
export interface CategoryRow {
  id: number
  code: string
  name: string
  name_en: string
  kind: string
  urgency: string
  opens_when: string
}

export interface Like {
  number: string
  title: string
  stage: Text
  distance_m: number
  supporters: number
  opened_at: string
  words: Text
}

export interface Progress {
  number: string
  merged_into: string | null
  title: string
  phase: string
  stage: Text | null
  office: Text | null
  opened_at: string
  closed_at: string | null
  due_at: string | null
  clock: Text | null
  breached: boolean
  paused: boolean
  supporters: number
  next: Text
  steps: { at: string; stage: Text | null; office: Text | null; due_at: string | null }[]
  notes: { at: string; text: string; files: number[]; mine: boolean }[]
  photos: { before: number[]; after: number[] }
  rating: { solved: boolean; satisfied: boolean; words: string; at: string } | null
  may: { add: boolean; rate: boolean; reopen: boolean }
}

export const KINDS = '/api/cases/kinds'
export const CATEGORIES = '/api/records/cases.category?limit=200&sort=code'
export const REPORT = '/api/cases'
export const nearAddress = (kind: string, category: string, { lon, lat }: Point): string =>
  `/api/cases/near?kind=${encodeURIComponent(kind)}&category=${encodeURIComponent(category)}&lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}`

/** What a link opens: the sheet, and what is asked there. */
import { api } from '../../shared/api'
import type { Text } from '../../shared/spec'
import type { Question } from './cases'

export interface Sheet {
  key: string
  label: Text
  title: Text
  /** `link` leads to another page of this platform. */
  facts: { label: Text; said: Text; link?: string }[]
  /** Why nothing is asked: answered already, or nothing to answer yet. */
  closed: Text | null
  /** The words of the one large button that the page begins with, where it has one. */
  button?: Text | null
  /** The action that takes the answer, and the field of its form that holds the secret. */
  on: string
  act: string
  secret: string
  form: { properties?: Record<string, Question>; required?: string[] }
}

const PATIENCE_MS = 15_000

export const sheetOf = (key: string, secret: string): Promise<Sheet> =>
  api.get<Sheet>(`/api/slips/${key}`, undefined, AbortSignal.timeout(PATIENCE_MS), { 'X-Slip-Secret': secret })

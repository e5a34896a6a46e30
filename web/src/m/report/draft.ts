/** The report as it grows: kept on the phone at every step, so that a reload or a call does not cost it. */
import { create } from 'zustand'
import { device } from '../device/store'
import type { SmallPhoto } from '../outbox/photo'
import type { Point } from '../place/shapes'

/** How the place became known: its photo, the phone, the map, or a choice from the list. */
export type PlaceBy = 'photo' | 'phone' | 'map' | 'chosen'
export interface Spot { point: Point | null; place: string; name: string; by: PlaceBy }
export interface DraftPhoto extends SmallPhoto { at: string | null; point: Point | null }

export interface Report {
  step: Step
  photos: DraftPhoto[]
  spot: Spot | null
  address: string
  kind: string
  category: string
  categoryName: string
  words: string
  occurredAt: string | null
  danger: boolean
  answers: Record<string, unknown>
  name: string
  phone: string
}

export const STEPS = ['photo', 'place', 'what', 'words', 'near', 'who'] as const
export type Step = (typeof STEPS)[number]

const EMPTY: Report = {
  step: 'photo', photos: [], spot: null, address: '', kind: '', category: '', categoryName: '', words: '', occurredAt: null, danger: false, answers: {}, name: '', phone: '',
}
const KEY = 'report'
export const useReport = create<Report & { ready: boolean }>(() => ({ ...EMPTY, ready: false }))

export const reportNow = (): Report => {
  const { ready: _, ...report } = useReport.getState()
  return report
}

const quietly = (): undefined => undefined

/** Where the reader is going, while it is not shown yet. */
let going: Step | null = null

async function kept(): Promise<void> {
  await device().then((database) => database.put('drafts', { key: KEY, body: { ...reportNow(), ...(going && { step: going }) }, saved_at: Date.now() })).catch(quietly)
}

/** Changes the report and notes it on the phone; where the phone keeps nothing it lives until the page is closed. */
export function change(part: Partial<Report>): void {
  useReport.setState(part)
  void kept()
}

/** Goes to another step, which shows once it lies on the phone: what a reader has left behind is what a reload brings back. */
export async function keepStep(step: Step): Promise<void> {
  going = step
  await kept()
  going = null
  useReport.setState({ step })
}

export async function begin(): Promise<void> {
  if (useReport.getState().ready) return
  const found = await device().then((database) => database.get('drafts', KEY)).catch(quietly)
  useReport.setState({ ...EMPTY, ...(found?.body as Partial<Report> | undefined), ready: true })
}

export async function clearReport(): Promise<void> {
  useReport.setState({ ...EMPTY, ready: true })
  await device().then((database) => database.delete('drafts', KEY)).catch(quietly)
}

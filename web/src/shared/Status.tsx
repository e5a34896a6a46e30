/** Marks of state. Colour is never alone: every status has a shape, every alarm level a shape and a numeral. */
import { texts, useTexts } from './i18n'
import type { Status } from './spec'
import './status.css'

const words = texts({
  ok: ['正常', 'OK'],
  watch: ['关注', 'Watch'],
  breach: ['预警', 'Breach'],
  stale: ['缺数', 'No data'],
  awaiting: ['待接入', 'Awaiting'],
  absent: ['此范围无数', 'No figure here'],
  none: ['不判定', 'Not judged'],
  level1: ['一级', 'Level I'],
  level2: ['二级', 'Level II'],
  level3: ['三级', 'Level III'],
  level4: ['四级', 'Level IV'],
})

const SHAPES: Record<Status, string> = {
  ok: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2',
  watch: 'M8 2l6.5 11.5h-13z',
  breach: 'M8 1l7 7-7 7-7-7z',
  stale: 'M3 3h10v10H3z',
  awaiting: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9',
  absent: 'M4 8h8',
  none: 'M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7',
}
const HOLLOW: Partial<Record<Status, string>> = { stale: '3 2', awaiting: '2 2.2', absent: 'none' }

export const STATUSES: readonly Status[] = ['ok', 'watch', 'breach', 'stale', 'awaiting', 'absent', 'none']

/** States of tasks that say the same as a status. */
const SAME_AS: Readonly<Record<string, Status>> = {
  done: 'ok',
  on_schedule: 'ok',
  by_procedure: 'ok',
  under_way: 'none',
  unknown: 'stale',
  at_risk: 'watch',
  late: 'breach',
  overdue: 'breach',
  struck_off: 'none',
}

/** The status that a word of the data stands for; null when it stands for none. */
export function readStatus(word: unknown): Status | null {
  if (STATUSES.includes(word as Status)) return word as Status
  return typeof word === 'string' ? (SAME_AS[word] ?? null) : null
}
export const asStatus = (word: unknown): Status => readStatus(word) ?? 'none'

/** The shape of a status. Silent for screen readers: say the word beside it, or use StatusTag. */
export function Mark({ status, size = '0.8em' }: { status: Status; size?: string }) {
  const dash = HOLLOW[status]
  const paint = dash ? { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8, strokeDasharray: dash } : { fill: 'currentColor' }
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" data-status={status}>
      <path d={SHAPES[status]} {...paint} />
    </svg>
  )
}

export function useStatusWord(): (status: Status) => string {
  return useTexts(words)
}

/** Shape and word of a status on its tint. */
export function StatusTag({ status, children }: { status: Status; children?: React.ReactNode }) {
  const word = useStatusWord()
  return (
    <span className="status-tag" data-status={status}>
      <Mark status={status} />
      {children ?? word(status)}
    </span>
  )
}

export type LevelNumber = 1 | 2 | 3 | 4
export const isLevel = (thing: unknown): thing is LevelNumber => thing === 1 || thing === 2 || thing === 3 || thing === 4
const LEVEL_SHAPES: Record<LevelNumber, string> = { 1: SHAPES.breach, 2: SHAPES.watch, 3: SHAPES.stale, 4: SHAPES.ok }

/** An alarm level of the statutory scale: shape, numeral, colour. */
export function Level({ level }: { level: LevelNumber }) {
  const t = useTexts(words)
  return (
    <span className="level" data-level={level}>
      <svg width="0.85em" height="0.85em" viewBox="0 0 16 16" aria-hidden="true">
        <path d={LEVEL_SHAPES[level]} />
      </svg>
      {t(`level${level}`)}
    </span>
  )
}

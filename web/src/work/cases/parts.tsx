/** Small signs of a case: how urgent, how much time, which photos. */
import { useEffect, useState } from 'react'
import { useLang, useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import type { Id } from '../wire'
import { spanWords, standing, type Standing, type Timed } from './time'
import { deskCaseWords } from './words'

export type Urgency = 'danger' | 'urgent' | 'normal'
const SHAPES: Record<Urgency, { path: string; numeral: string; level: number; down: number }> = {
  danger: { path: 'M9 0.8l8.2 8.2-8.2 8.2-8.2-8.2z', numeral: '1', level: 1, down: 12.4 },
  urgent: { path: 'M9 1.2l8.4 15.2h-16.8z', numeral: '2', level: 2, down: 14.6 },
  normal: { path: 'M9 1.4a7.6 7.6 0 1 0 0 15.2a7.6 7.6 0 0 0 0-15.2', numeral: '4', level: 4, down: 12.4 },
}

/** Shape, numeral and colour, and the word unless there is no room for it. */
export function UrgencyMark({ urgency, bare = false }: { urgency: unknown; bare?: boolean }) {
  const t = useTexts(deskCaseWords)
  const known = urgency === 'danger' || urgency === 'urgent' ? urgency : 'normal'
  const { path, numeral, level, down } = SHAPES[known]
  return (
    <span className="urgency" data-level={level} title={bare ? t(known) : undefined}>
      <svg width="16" height="16" viewBox="0 0 18 18" aria-hidden="true">
        <path d={path} />
        <text x="9" y={down} textAnchor="middle">
          {numeral}
        </text>
      </svg>
      <span className={bare ? 'sr-only' : undefined}>{t(known)}</span>
    </span>
  )
}

const ATTENTION = ['inspected', 'important'] as const

/** What somebody marked to be looked after before others; nothing for all the rest. */
export function AttentionMark({ attention }: { attention: unknown }) {
  const t = useTexts(deskCaseWords)
  const known = ATTENTION.find((one) => one === attention)
  if (!known) return null
  return (
    <strong className="attention" data-kind={known}>
      {t(known)}
    </strong>
  )
}

const TICK_MS = 30_000

/** The present moment, anew every half minute: clocks on a wall of cases need not be exact to the second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

const MARKS = { over: 'breach', near: 'watch', paused: 'awaiting', was: 'breach' } as const

/** 剩 3 小时 20 分钟, 超 2 天: with a mark where it matters. */
export function TimeLeft({ row, now }: { row: Timed; now: number }) {
  const t = useTexts(deskCaseWords)
  const lang = useLang()
  const { word, ms } = standing(row, now)
  const words: Record<Standing, () => string> = {
    over: () => t('over', { span: spanWords(-ms, lang) }),
    near: () => t('left', { span: spanWords(ms, lang) }),
    fine: () => t('left', { span: spanWords(ms, lang) }),
    paused: () => t('paused'),
    was: () => t('wasOver'),
    none: () => t('noTime'),
  }
  const mark = word in MARKS ? MARKS[word as keyof typeof MARKS] : null
  return (
    <span className="time-left num" data-standing={word}>
      {mark && <Mark status={mark} size="0.75em" />}
      {words[word]()}
    </span>
  )
}

/** Photographs, each a link to itself in full. */
export function Photos({ ids, name }: { ids: readonly Id[]; name: (n: number) => string }) {
  return (
    <ul className="photos">
      {ids.map((id, index) => (
        <li key={id}>
          <a href={`/api/files/${id}`} target="_blank" rel="noreferrer">
            <img src={`/api/files/${id}`} alt={name(index + 1)} loading="lazy" />
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Numbers of files, however a register wrote them. */
export const photoIds = (value: unknown): Id[] =>
  (Array.isArray(value) ? value : []).map((one: unknown) => (typeof one === 'object' && one !== null && 'id' in one ? (one.id as Id) : (one as Id)))

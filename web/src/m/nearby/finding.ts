/** Which of what is near fits what the reader asks: by kind, by words typed or spoken, by the clock and by the minutes. No network needed. */
import type { Around, Kind, Outlet } from '../data/nearby'
import { fits } from '../programme/search'
import { standing } from './open'

/** `kind` is that of what is there, or a walker with this mark before it: all that is meant for them. */
export interface Wish { kind: string; words: string; openNow: boolean; minutes: number }

const parts = ({ label, calls }: Kind): string[] =>
  [...`${label.zh}（${label.en}`.split(/[（）()、/]/), ...calls].map((part) => part.trim().toLocaleLowerCase()).filter((part) => part.length > 1)

/** The kinds that a sentence speaks of: "附近哪里能理发" means the hairdresser. */
export function kindsIn(words: string, kinds: readonly Kind[]): Set<string> {
  const said = words.toLocaleLowerCase().replace(/\s+/g, '')
  if (!said) return new Set()
  const speaksOf = (part: string): boolean => said.includes(part.replace(/\s+/g, '')) || (said.length > 1 && part.replace(/\s+/g, '').includes(said))
  return new Set(kinds.filter((kind) => parts(kind).some(speaksOf)).map(({ key }) => key))
}

const MARK = '@'
export const meantFor = (walker: string): string => `${MARK}${walker}`

/** Of what is there, what is meant for this walker; nothing where nothing is. */
export const meantOf = ({ meant, walker }: Around) => meant.find((one) => one.walker === walker)

/** Does a row of this kind answer the choice? */
const answers = ({ meant }: Around, choice: string, kind: string): boolean =>
  !choice || choice === kind || meant.some((one) => meantFor(one.walker) === choice && one.kinds.includes(kind))

export function found(around: Around, { kind, words, openNow, minutes }: Wish, now: number): Outlet[] {
  const kinds = kindsIn(words, around.kinds)
  const isMeant = (row: Outlet): boolean => !words.trim() || kinds.has(row.kind) || fits(words, [row.title, String(row.facts['address'] ?? '')])
  return around.rows.filter((row) => (
    answers(around, kind, row.kind) && row.seconds <= minutes * 60 && isMeant(row)
    && (!openNow || ['open', 'closing'].includes(standing(around, row.hours, now).is))
  ))
}

/** Kinds to offer as chips: those that are there, group after group. */
export const present = (around: Around): Kind[] => around.kinds.filter(({ count }) => count > 0)

/** Never "0 minutes": who stands before the door still walks. */
export const minutesOf = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60))

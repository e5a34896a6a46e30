/** Times of one day as a clock shows them. */
import { said } from './i18n'

const DAY_S = 86_400
/** Not broken at the end of a line. */
const TO = '\u2060–\u2060'

/** Seconds of a day; its end is 24:00. */
export function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const hour = seconds === DAY_S ? 24 : Math.floor(minutes / 60) % 24
  return `${String(hour).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const ALL_DAY = { zh: '全天', en: 'all day' }

/** Windows of a day, such as those before and after noon. */
export const hoursOf = (windows: readonly (readonly [number, number])[]): string =>
  windows.map(([from, to]) => (from === 0 && to === DAY_S ? said(ALL_DAY) : clock(from) + TO + clock(to))).join(', ')

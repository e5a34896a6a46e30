/** Open until when, or closed until when; unknown is said as unknown. */
import { texts, useLang, useTexts } from '../../shared/i18n'
import type { Around } from '../data/nearby'
import { standing, whenSaid } from './open'

const words = texts({
  always: ['营业中 · 24 小时', 'Open round the clock'],
  open: ['营业中 · 到 {when}', 'Open until {when}'],
  closing: ['快打烊 · 到 {when}', 'Closes at {when}'],
  opens: ['未营业 · {when} 开门', 'Closed; opens {when}'],
  closed: ['近期不营业', 'Closed these days'],
  unread: ['营业时间：{hours}', 'Hours: {hours}'],
  unknown: ['营业时间没有登记', 'Hours not known'],
})
const TONES = { open: 'done', closing: 'watch', closed: 'plain', unknown: 'plain' } as const

export function Standing({ around, hours, now }: { around: Pick<Around, 'open' | 'from' | 'until'>; hours: string; now: number }) {
  const t = useTexts(words)
  const lang = useLang()
  const how = standing(around, hours, now)
  const said = (): string => {
    if (how.is === 'unknown') return hours ? t('unread', { hours }) : t('unknown')
    if (how.is === 'closed') return how.opens === null ? t('closed') : t('opens', { when: whenSaid(how.opens, now, lang) })
    return how.until === null ? t('always') : t(how.is, { when: whenSaid(how.until, now, lang) })
  }
  return <span className="standing" data-tone={TONES[how.is]}>{said()}</span>
}

/** The time of the district, whatever the zone of the device. */
import { useEffect, useState } from 'react'
import { date, spaced, time, weekday } from '../shared/format'
import { useLang } from '../shared/i18n'

export function Clock() {
  const lang = useLang()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000)
    return () => clearInterval(timer)
  }, [])
  const clock = time(now, true)
  return (
    <time className="clock" dateTime={now.toISOString()}>
      <b className="num">
        {clock.slice(0, 5)}
        <i>{clock.slice(5)}</i>
      </b>
      <span>{lang === 'zh' ? `${spaced(date(now, lang))}　${weekday(now, lang)}` : `${weekday(now, lang)} ${date(now, lang)}`}</span>
    </time>
  )
}

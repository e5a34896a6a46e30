/** By which ways people can be told, in one line each; how a missing one is set up is for whoever runs the platform. */
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { ProblemPage } from '../shell/Problems'
import { useWays, type Way } from './api'
import { alarmWords } from './words'

export function Ways() {
  const ways = useWays()
  if (ways.isError) return <ProblemPage error={ways.error} again={() => void ways.refetch()} />
  if (ways.isPending) return <Skeleton lines={2} />
  return <ul className="alarm-ways">{ways.data.map((way) => <WayLine key={way.key} way={way} />)}</ul>
}

const COUNTS = ['received', 'sent', 'queued', 'failed', 'off'] as const

function WayLine({ way }: { way: Way }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const counts = COUNTS.filter((key) => way[key]).map((key) => t(key, { n: way[key] as number }))
  return (
    <li className="sheet">
      <b><Mark status={way.lacks ? 'awaiting' : way.failed ? 'watch' : 'ok'} /> {said(way.label)}</b>
      {way.lacks ? <details><summary>{t('notSetUp')}</summary><span className="meta">{said(way.lacks)}</span></details> : <span>{t('ready')}</span>}
      <span className="meta num">{counts.length ? `${t('lastDay')} ${counts.join(said({ zh: '，', en: ', ' }))}` : t('noneSent')}</span>
    </li>
  )
}

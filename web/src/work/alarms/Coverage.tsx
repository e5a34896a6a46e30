/** The proof that somebody is on duty at each hour to come, with the gaps in words. */
import { number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { ProblemPage } from '../shell/Problems'
import { momentText } from '../values'
import { useCoverage, type Cover } from './api'
import { alarmWords } from './words'

const DAYS = 14
const SHOWN = 2

export function Coverage() {
  const t = useTexts(alarmWords)
  const found = useCoverage(DAYS)
  if (found.isError) return <ProblemPage error={found.error} again={() => void found.refetch()} />
  if (found.isPending) return <Skeleton lines={6} />
  if (!found.data.rows.length) return <p className="nothing">{t('noRoles')}</p>
  return (
    <>
      <p className="meta">{t('coverageHelp', { days: found.data.days })}</p>
      <div className="sheet scroll-x" role="region" aria-label={t('coverage')} tabIndex={0}>
        <table className="plain-table coverage">
          <thead><tr><th scope="col">{t('place')}</th><th scope="col">{t('role')}</th><th scope="col" className="end">{t('covered')}</th><th scope="col">{t('byHour')}</th><th scope="col">{t('gaps')}</th></tr></thead>
          <tbody>{found.data.rows.map((row) => <Line key={`${row.role} ${row.places[0]}`} row={row} />)}</tbody>
        </table>
      </div>
    </>
  )
}

function Line({ row }: { row: Cover }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const isNever = row.covered_pct === 0
  const shown = row.gaps.slice(0, SHOWN).map((gap) => `${momentText(gap.from).slice(5)} – ${momentText(gap.to).slice(5)}`)
  const rest = row.gaps.length > SHOWN ? ` ${t('more', { n: row.gaps.length })}` : ''
  return (
    <tr>
      <th scope="row">{row.names.map((name) => said(name)).join(said({ zh: '、', en: ', ' }))}{row.places.length > row.names.length && ` ${t('places', { n: row.places.length })}`}</th>
      <td>{said(row.role_label)}</td>
      <td className="num end">{number(row.covered_pct, 1)}%</td>
      <td><Hours hours={row.hours} /></td>
      <td className="num gaps">{isNever ? t('never') : shown.length ? <>{shown.map((gap) => <span key={gap}>{gap}</span>)}{rest}</> : t('full')}</td>
    </tr>
  )
}

/** One mark an hour, drawn as runs of equal hours. */
function Hours({ hours }: { hours: string }) {
  const runs = [...hours.matchAll(/0+|[^0]+/g)].map((run) => ({ at: run.index, length: run[0].length, isGap: run[0].startsWith('0') }))
  return (
    <svg className="hours" viewBox={`0 0 ${hours.length} 10`} preserveAspectRatio="none" aria-hidden="true">
      {runs.map((run) => <rect key={run.at} x={run.at} width={run.length} height="10" data-gap={run.isGap || undefined} />)}
    </svg>
  )
}

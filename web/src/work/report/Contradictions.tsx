import { Link } from 'react-router'
import { useData } from '../../shared/data'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Row, Text } from '../../shared/spec'
import { Failed, Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { whereAddress } from '../paths'
import type { Id } from '../wire'
import { reportWords } from './words'

const ENTITY = 'projects.contradiction'

const textOf = (row: Row, keys: string[]): Text => (keys.map((key) => row[key]).find((value) => value !== undefined && value !== null && value !== '') ?? '') as Text

/** Where published papers contradict each other, so that a reader of the report is not the first to notice. */
export function Contradictions({ programme }: { programme: Id }) {
  const t = useTexts(reportWords)
  const said = useSaid()
  const { envelope, error, again } = useData({ source: 'projects.contradictions', params: { programme }, refresh: 'live', topics: [ENTITY] })
  const rows = envelope?.rows ?? []
  return (
    <section className="card">
      <h2>{t('contradictions')} <span className="num meta">{envelope ? rows.length : ''}</span></h2>
      {error && <Failed error={error} again={again} />}
      {!error && !envelope && <Skeleton lines={4} />}
      {envelope && !rows.length && <p className="meta state"><Mark status="ok" />{t('noContradictions')}</p>}
      {rows.length > 0 && <p className="meta">{t('contradictionsHelp')}</p>}
      <ul className="contradictions">
        {rows.map((row, index) => (
          <li key={index}>
            <Mark status="watch" />
            <div><b>{said(textOf(row, ['subject', 'title', 'rule']))}</b><p>{said(textOf(row, ['detail', 'sentence', 'text']))}</p></div>
          </li>
        ))}
      </ul>
      {rows.length > 0 && <Link className="desk-link" to={whereAddress(ENTITY, { programme })}>{t('list')}</Link>}
    </section>
  )
}

import { Link } from 'react-router'
import { number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { whereAddress } from '../paths'
import type { Id } from '../wire'
import type { Finding } from './api'
import { reportWords } from './words'

const ENTITY = 'projects.contradiction'

/** Where published papers contradict each other, so that a reader of the report is not the first to notice. */
export function Contradictions({ programme, findings }: { programme: Id; findings: Finding[] }) {
  const t = useTexts(reportWords)
  const said = useSaid()
  return (
    <section className="card">
      <h2>
        {t('contradictions')} <span className="num meta">{number(findings.length, 0)}</span>
      </h2>
      {!findings.length && (
        <p className="meta state">
          <Mark status="ok" />
          {t('noContradictions')}
        </p>
      )}
      {findings.length > 0 && <p className="meta">{t('contradictionsHelp')}</p>}
      <div className="contradictions" role="region" tabIndex={0} aria-label={t('contradictions')}>
        <ul>
          {findings.map((one, index) => (
            <li key={index}>
              <Mark status="watch" />
              <div>
                <b>{said(one.subject)}</b>
                <p>{said(one.detail)}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
      {findings.length > 0 && (
        <Link className="desk-link" to={whereAddress(ENTITY, { programme })}>
          {t('list')}
        </Link>
      )}
    </section>
  )
}

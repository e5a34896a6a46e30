import { Link } from 'react-router'
import { useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { recordAddress } from '../paths'
import type { Row } from '../wire'
import { REPORT } from './api'
import { reportWords } from './words'

/** Which editions of the month's report are out. */
export function Edition({ rows, pending }: { rows: Row[]; pending: boolean }) {
  const t = useTexts(reportWords)
  if (pending) return null
  return (
    <section className="card">
      <h2>{t('editions')}</h2>
      {!rows.length && <p className="meta state"><Mark status="awaiting" />{t('draft')}</p>}
      <ul>
        {rows.map((row) => <li key={row.id}><Mark status="ok" /><Link className="desk-link" to={recordAddress(REPORT, row.id)}>{t('edition', { edition: String(row['edition'] ?? 1), day: String(row['published_on'] ?? '') })}</Link></li>)}
      </ul>
    </section>
  )
}

import { date, period } from '../../shared/format'
import { texts, useLang, useTexts } from '../../shared/i18n'
import type { RecordList } from '../../shared/spec'
import { useKept } from '../data/kept'
import { newestEditions, REPORTS, reportOf, type Report } from '../data/reports'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'

const words = texts({
  title: ['月度报告', 'Monthly reports'],
  none: ['还没有发布月报。', 'No report has been published yet.'],
  month: ['{month}进展报告', 'Report of {month}'],
  published: ['{day} 发布', 'Published on {day}'],
})

/** The months' reports that were published, newest first. */
export function Reports() {
  const t = useTexts(words)
  const reports = useKept<RecordList>(REPORTS)
  return (
    <section className="card" aria-labelledby="reports-title">
      <h2 id="reports-title">{t('title')}</h2>
      <Loading answer={reports} lines={1}>
        {(body) => (body.rows.length === 0 ? <p className="hint">{t('none')}</p> : <List reports={newestEditions(body.rows as Report[])} />)}
      </Loading>
    </section>
  )
}

function List({ reports }: { reports: Report[] }) {
  const t = useTexts(words)
  const lang = useLang()
  return (
    <ul className="tasks">
      {reports.map(({ id, programme, month, published_on }) => (
        <li key={id} className="task">
          <a href={reportOf(programme, month)}>
            <span className="task-text"><b>{t('month', { month: period(month, lang) })}</b>{published_on && <span className="as-of">{t('published', { day: date(published_on, lang) })}</span>}</span>
            <Icon name="forward" />
          </a>
        </li>
      ))}
    </ul>
  )
}

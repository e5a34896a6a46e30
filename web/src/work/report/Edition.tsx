import { Link } from 'react-router'
import { date } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { recordAddress } from '../paths'
import { REPORT, type ReportState, type Which } from './api'
import { reportWords } from './words'

/** Which text is on view: the published one, and whether the records have moved on since. */
export function Edition({ state, which, onWhich }: { state: ReportState; which: Which; onWhich: (which: Which) => void }) {
  const t = useTexts(reportWords)
  const draft = state.state === 'draft'
  return (
    <section className="card">
      <h2>{t('edition')}</h2>
      <p className="state">
        <Mark status={draft ? 'awaiting' : 'ok'} />
        {draft ? t('draft') : t('publishedOn', { edition: state.edition, day: date(state.published_on) })}
      </p>
      {state.changed && (
        <p className="state">
          <Mark status="watch" />
          {t('changed')}
        </p>
      )}
      {state.changed && (
        <button type="button" className="plain desk-link" onClick={() => onWhich(which === 'draft' ? 'published' : 'draft')}>
          {t(which === 'draft' ? 'showPublished' : 'showDraft')}
        </button>
      )}
      <p className="meta edition-foot">
        <span>{t('asOf', { day: date(state.as_of) })}</span>
        <Link className="desk-link" to={recordAddress(REPORT, state.report)}>
          {t('history')}
        </Link>
      </p>
    </section>
  )
}

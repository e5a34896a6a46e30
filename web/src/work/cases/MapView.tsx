/** The cases on the map, and beside it always the same cases as a list. The map itself is fetched when it is first wanted. */
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { ErrorBoundary } from '../../shared/ErrorBoundary'
import { useLang, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { canDraw } from '../../screen/map/drawing'
import { useRows } from '../records'
import { valueText } from '../values'
import { titleSaid } from '../titles'
import { CASE } from './api'
import { deskAddress, ordered } from './desk'
import { useRowKeys } from './rowKeys'
import { TimeLeft, UrgencyMark, useNow } from './parts'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'

const CaseMap = lazy(() => import('./CaseMap'))

export function MapView(view: ViewOf) {
  const { model, desk, show } = view
  const t = useTexts(deskCaseWords)
  const lang = useLang()
  const now = useNow()
  const rows = useRows(CASE, { ...ordered(desk.query), after: '' })
  const list = useRowKeys<HTMLElement>(rows.data?.rows ?? [], view)
  const place = model.fields.find((field) => field.key === 'place')
  return (
    <div className="case-map">
      <div className="case-map-box">
        {canDraw() ? (
          <ErrorBoundary name="map">
            <Suspense fallback={<Skeleton lines={8} />}>
              <CaseMap desk={desk} onOpen={(id) => show({ open: String(id) })} />
            </Suspense>
          </ErrorBoundary>
        ) : (
          <p className="nothing">{t('mapBroken')}</p>
        )}
      </div>
      <section ref={list} className="case-map-list" aria-label={t('onMap')} tabIndex={0}>
        {rows.isPending && <Skeleton lines={8} />}
        {rows.isError && <Failed error={rows.error} again={() => void rows.refetch()} />}
        {rows.data?.rows.length === 0 && <p className="nothing">{t('noneFound')}</p>}
        <ol className="plain-list">
          {rows.data?.rows.map((row) => (
            <li key={row.id} data-open={desk.open === String(row.id) || undefined}>
              <UrgencyMark urgency={row['urgency']} bare />
              <span>
                <Link className="title-link" to={deskAddress({ ...desk, open: String(row.id) })}>
                  {titleSaid(row)}
                </Link>
                <span className="meta">{place ? valueText(place, row['place'], row, null, lang) : ''}</span>
                <TimeLeft row={row} now={now} />
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

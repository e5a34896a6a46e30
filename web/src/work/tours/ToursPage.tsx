/** Today's rounds: which kind, for which day; what there is to choose from and what was planned is below. */
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { today } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { listPath } from '../paths'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import { useTours } from './api'
import { Planner } from './Planner'
import './tours.css'
import { tourWords } from './words'

export default function ToursPage() {
  const t = useTexts(tourWords)
  const said = useSaid()
  const [params, setParams] = useSearchParams()
  const [day, setDay] = useState(today())
  const found = useTours(day)
  if (found.isError)
    return (
      <div className="page">
        <ProblemPage error={found.error} again={() => void found.refetch()} />
      </div>
    )
  const tours = found.data?.tours ?? []
  const tour = tours.find(({ key }) => key === params.get('tour')) ?? tours[0]
  return (
    <div className="page tours-page">
      <Crumbs path={[{ label: t('title') }]} />
      <div className="row between">
        <h1>{t('title')}</h1>
        <span className="row">
          {tour && <label>{t('tour')} <select className="native-select" value={tour.key} onChange={(event) => setParams({ tour: event.target.value })}>
            {tours.map((one) => <option key={one.key} value={one.key}>{said(one.label)} · {one.stops.length}</option>)}
          </select></label>}
          <label>{t('day')} <input type="date" className="native-select" value={day} onChange={(event) => event.target.value && setDay(event.target.value)} /></label>
          <Link className="desk-link" to={listPath('tours.plan')}>{t('plans')}</Link>
        </span>
      </div>
      {found.isPending ? <Skeleton lines={8} /> : tour ? <Planner key={`${tour.key} ${day}`} tour={tour} /> : <p className="nothing sheet">{t('none')}</p>}
    </div>
  )
}

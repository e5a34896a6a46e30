/** What is due and who could go: narrowed by what is typed, ticked one by one or all that is shown. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Due, Tour } from './api'
import { hoursOf, isClosed, says } from './moving'
import { tourWords } from './words'

interface Props {
  tour: Tour
  stops: Set<number>
  onStops: (stops: Set<number>) => void
  people: Set<number>
  onPeople: (people: Set<number>) => void
}

const toggled = (set: Set<number>, one: number): Set<number> => {
  const next = new Set(set)
  if (!next.delete(one)) next.add(one)
  return next
}

export function Choosing({ tour, stops, onStops, people, onPeople }: Props) {
  const t = useTexts(tourWords)
  const said = useSaid()
  const [typed, setTyped] = useState('')
  const shown = tour.stops.filter(({ title, place }) => says([title.zh, title.en, place.zh, place.en], typed))
  const closed = tour.stops.filter(isClosed)
  return (
    <section className="tours-choice">
      <h2>{t('people')} <span className="meta num">{t('chosen', { n: people.size, all: tour.people.length })}</span></h2>
      <ul className="sheet tours-list">
        {tour.people.map((one) => (
          <li key={one.account}><label><input type="checkbox" disabled={!one.start} checked={people.has(one.account)} onChange={() => onPeople(toggled(people, one.account))} />
            <span><b>{one.name}</b><small>{one.start ? said(one.place) : t('noStart')}{one.duty && <> · <em className="tours-duty">{said(one.duty)}</em></>}</small></span></label></li>
        ))}
      </ul>
      <h2>{t('stops')} <span className="meta num">{t('chosen', { n: stops.size, all: tour.stops.length })}</span></h2>
      <Input allowClear placeholder={t('filter')} aria-label={t('filter')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <p className="row">
        <Button size="small" onClick={() => onStops(new Set([...stops, ...shown.filter((stop) => !isClosed(stop)).map(({ record }) => record)]))}>{t('all')}</Button>
        <Button size="small" onClick={() => onStops(new Set())}>{t('clear')}</Button>
      </p>
      {!tour.stops.length && <p className="nothing">{t('noStops')}</p>}
      {closed.length > 0 && <p className="tours-closed" role="note">{t('closedAll', { n: closed.length, names: closed.map(({ title }) => said(title)).join(said({ zh: '、', en: ', ' })) })}</p>}
      {shown.length > 0 && <ul className="sheet tours-list tours-stops">
        {shown.map((stop) => (
          <li key={stop.record}><label><input type="checkbox" disabled={isClosed(stop)} checked={stops.has(stop.record)} onChange={() => onStops(toggled(stops, stop.record))} />
            <span><b>{said(stop.title)}</b><small>{said(stop.place)}<Asks stop={stop} tour={tour} /></small></span></label></li>
        ))}
      </ul>}
    </section>
  )
}

export function Within({ stop, tour }: { stop: Due; tour: Tour }) {
  const t = useTexts(tourWords)
  const said = useSaid()
  if (!stop.windows) return null
  return ` · ${isClosed(stop) ? t('closed') : `${said(tour.window)} ${hoursOf(stop.windows)}`}`
}

function Asks({ stop, tour }: { stop: Due; tour: Tour }) {
  const t = useTexts(tourWords)
  return (
    <>
      <Within stop={stop} tour={tour} />
      {stop.load > 0 && ` · ${t('load', { n: stop.load })}`}
      {stop.lon === null && ` · ${t('noPoint')}`}
    </>
  )
}

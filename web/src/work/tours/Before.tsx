/** What is known before anything is planned: how much there is to do and by when, and who is there to do it. */
import { Link } from 'react-router'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Due, Goer, Tour } from './api'
import { whereAddress } from '../paths'
import { hoursAsked, hoursOf } from './moving'
import { tourWords, useSpan } from './words'

interface Props { tour: Tour; stops: Set<number>; people: Set<number> }

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

export function Before({ tour, stops, people }: Props) {
  const t = useTexts(tourWords)
  const span = useSpan()
  const chosen = tour.stops.filter(({ record }) => stops.has(record))
  const going = tour.people.filter(({ account }) => people.has(account))
  const [stay, shifts] = [sum(chosen.map(({ stay_s }) => stay_s)), going.length * (tour.ends_s - tour.begins_s)]
  const unplaced = chosen.filter(({ lon }) => lon === null).length
  return (
    <section className="tours-rounds" aria-label={t('before')}>
      <h2>{t('before')}</h2>
      <article className="card tours-round">
        <h3>{t('work')}</h3>
        <p>{t('asks', { n: chosen.length, time: span(stay) })}</p>
        <Windows chosen={chosen} />
        {unplaced > 0 && <p className="tours-bad">{t('unplaced', { n: unplaced })}</p>}
      </article>
      <article className="card tours-round">
        <h3>{t('hands')}</h3>
        <p>{t('onDuty', { n: going.length, time: span(shifts) })}</p>
        <ul>{going.map((one) => <Hand key={one.account} goer={one} />)}</ul>
        {stay > shifts && <p className="tours-bad">{t('tooMuch')}</p>}
      </article>
      <p className="meta">{t('legend')}</p>
    </section>
  )
}

function Windows({ chosen }: { chosen: readonly Due[] }) {
  const t = useTexts(tourWords)
  const asked = hoursAsked(chosen)
  if (!asked.length) return null
  return (
    <ul aria-label={t('hours')}>{asked.map(({ windows, count }) => (
      <li key={JSON.stringify(windows)}>
        <span className="tours-what">{windows ? hoursOf(windows) || t('closed') : t('anyHour')}</span>
        <b className="num">{t('places', { n: count })}</b>
      </li>
    ))}</ul>
  )
}

function Hand({ goer: { name, place, busy } }: { goer: Goer }) {
  const t = useTexts(tourWords)
  const said = useSaid()
  return (
    <li>
      <span className="tours-what"><b>{name}</b><small>{said(place)}</small></span>
      <span className="tours-hand" data-busy={busy.some(({ left }) => left > 0) || undefined}>{busy.length ? busy.map(({ plan, label, left, over }) => <Link key={plan} to={whereAddress('tours.plannedstop', { plan })}>{t('busy', { n: left, m: over, tour: said(label) })}</Link>) : t('spare')}</span>
    </li>
  )
}

/** On the list of work: that there is a round for today, and how far it is walked. */
import { useEffect } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { live } from '../../shared/live'
import { useKept } from '../data/kept'
import { toursOf, type Tours } from '../data/tours'
import { useParcels } from '../outbox/useParcels'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import type { Worker } from '../work/account'
import { standing } from './saying'

const words = texts({ title: ['今天的路线', 'My round today'], left: ['还有 {n} 处，下一处：{next}', '{n} to go, next: {next}'], done: ['已走完', 'walked'] })

export function TourLink({ worker }: { worker: Worker }) {
  const t = useTexts(words)
  const said = useSaid()
  const { body, again } = useKept<Tours>(toursOf(worker.id))
  const parcels = useParcels()
  useEffect(() => live.onTopic('tours.plannedstop', again), [again])
  if (!body?.tours.length) return null
  return (
    <section className="card" aria-labelledby="tours-title">
      <h2 id="tours-title">{t('title')}</h2>
      <ol className="work-list">{body.tours.map((tour) => {
        const { next, later } = standing(tour, parcels)
        return (
          <li key={tour.plan}><Link to={{ page: 'tour' }} className="my-case">
            <span className="my-case-text"><b>{said(tour.label)}</b><span className="hint">{next ? t('left', { n: later.length + 1, next: said(next.title ?? next.place) }) : t('done')}</span></span><Icon name="forward" />
          </Link></li>
        )
      })}</ol>
    </section>
  )
}

/** One stop of a round: what is known, where it is, and what is written there, with or without a network. */
import { useEffect, useState } from 'react'
import { dayOf } from '../../shared/format'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { headed } from '../../shared/joined'
import { useKept } from '../data/kept'
import { workOf, type Round, type Stop, type Work } from '../data/work'
import { useParcels } from '../outbox/useParcels'
import { Loading } from '../parts/Loading'
import '../style/cases.css'
import '../style/work.css'
import { refreshWorker, useWorker, type Worker } from './account'
import { ActForm } from './ActForm'
import { stopActs, stopLane, stopTarget } from './acting'
import { Queue } from './Queue'
import { stopErrand } from './route'
import { SignIn } from './SignIn'
import { Where } from './Where'

const words = texts({
  gone: ['已经记好了，或不再到期。', 'It is written down, or no longer due.'],
  where: ['在哪里', 'Where'], due: ['到期', 'Due'],
  acts: ['办理', 'What I do'],
  written: ['已写好。有网后自动发出，不用再写一次。', 'Written. It is sent when there is a network; no need to write it again.'],
})

export function StopPage({ round, id }: { round: string; id: number }) {
  const { worker, asked } = useWorker()
  useEffect(() => void refreshWorker(), [])
  if (!worker) return asked ? <SignIn /> : null
  return <Found key={worker.id} worker={worker} round={round} id={id} />
}

function Found({ worker, round: key, id }: { worker: Worker; round: string; id: number }) {
  const t = useTexts(words)
  const work = useKept<Work>(workOf(worker.id))
  return (
    <Loading answer={work} lines={6}>
      {({ rounds = [] }) => {
        const round = rounds.find((one) => one.key === key)
        const stop = round?.stops.find((one) => one.record === id)
        return (
          <>
            <Queue worker={worker} lane={`${key} ${id}`} onArrived={work.again} />
            {round && stop ? <View round={round} stop={stop} worker={worker} /> : <p className="note">{t('gone')}</p>}
          </>
        )
      }}
    </Loading>
  )
}

function View({ round, stop, worker }: { round: Round; stop: Stop; worker: Worker }) {
  const t = useTexts(words)
  const said = useSaid()
  const title = said(stop.title)
  const facts = [[t('where'), said(stop.place)], [t('due'), dayOf(stop.due_on)], ...stop.facts.map((fact) => [headed(said(fact.label)), said(fact.said)])]
  return (
    <>
      <section className="card project-head" aria-labelledby="stop-title">
        <h2 id="stop-title">{title}</h2>
        <dl className="facts">{facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
        <Where at={stopErrand(stop).at} title={title} />
      </section>
      <Acts round={round} stop={stop} worker={worker} />
    </>
  )
}

function Acts({ round, stop, worker }: { round: Round; stop: Stop; worker: Worker }) {
  const t = useTexts(words)
  const said = useSaid()
  const [open, setOpen] = useState<string | null>(null)
  const parcels = useParcels()
  const waits = parcels.some(({ lane, state }) => lane === stopLane(round, stop) && state === 'waiting')
  const acts = stopActs(round, stop, parcels)
  return (
    <section className="acts" aria-labelledby="acts-title">
      <h2 id="acts-title">{t('acts')}</h2>
      {waits && <p className="note" role="status">{t('written')}</p>}
      {acts.map((act) => (
        <ActForm key={act.key} target={stopTarget(round, stop, said(stop.title))} act={act} worker={worker} open={open === act.key}
          onOpen={(wanted) => setOpen(wanted ? act.key : null)} />
      ))}
    </section>
  )
}

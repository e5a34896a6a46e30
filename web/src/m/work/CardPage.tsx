/** One card: where, what, what was asked, what it looked like, who reported it; and what I do about it. */
import { useEffect, useState } from 'react'
import { dayOf, time } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import { useKept } from '../data/kept'
import { titleOf, workOf, type Act, type Card, type Work } from '../data/work'
import { useParcels } from '../outbox/useParcels'
import { Loading } from '../parts/Loading'
import '../style/cases.css'
import '../style/work.css'
import { refreshWorker, useWorker, type Worker } from './account'
import { ActForm } from './ActForm'
import { cardTarget, laneOf, openActs } from './acting'
import { Queue } from './Queue'
import { Reporter } from './Reporter'
import { pointOf, whereIn } from './route'
import { SignIn } from './SignIn'
import { Where } from './Where'

const words = texts({
  gone: ['这件事不在您的清单里了：可能已经办完，或交给了别人。', 'It is no longer on your list: done, or given to somebody else.'],
  number: ['编号 {number}', 'Number {number}'],
  what: ['反映的情况', 'What was reported'], asked: ['交办要求', 'What you are asked to do'], where: ['在哪里', 'Where'], due: ['时限', 'Due'], many: ['反映人数', 'Reported by'],
  dueAt: ['{day} {time} 前', 'by {time} on {day}'], late: ['已超时（{day} {time}）', 'late (since {time} on {day})'], noDue: ['没有时限', 'no limit'],
  before: ['上报时的照片', 'Photos of the report'], photo: ['上报照片 {n}', 'Photo {n} of the report'],
  acts: ['办理', 'What I do'], more: ['其他', 'More'],
})

export function CardPage({ id }: { id: number }) {
  const { worker, asked } = useWorker()
  useEffect(() => void refreshWorker(), [])
  if (!worker) return asked ? <SignIn /> : null
  return <Found key={worker.id} worker={worker} id={id} />
}

function Found({ worker, id }: { worker: Worker; id: number }) {
  const t = useTexts(words)
  const work = useKept<Work>(workOf(worker.id))
  return (
    <Loading answer={work} lines={6}>
      {(body) => {
        const card = body.cards.find((one) => one.case.id === id)
        return <><Queue worker={worker} lane={`case ${id}`} onArrived={work.again} />{card ? <View card={card} worker={worker} /> : <p className="note">{t('gone')}</p>}</>
      }}
    </Loading>
  )
}

function View({ card, worker }: { card: Card; worker: Worker }) {
  const t = useTexts(words)
  const { number, files } = card.case
  const title = titleOf(card.case, useLang())
  const photos = files ?? []
  return (
    <>
      <section className="card project-head" aria-labelledby="card-title">
        <h2 id="card-title">{title}</h2>
        <p className="hint num">{t('number', { number })}</p>
        <Facts card={card} />
        <Where at={pointOf(card)} title={title} />
        {photos.length > 0 && <><h3>{t('before')}</h3><div className="photos">{photos.map((file, index) => <img key={file} src={`/api/files/${file}`} alt={t('photo', { n: index + 1 })} />)}</div></>}
        <Reporter number={card.case.id} />
      </section>
      <Acts card={card} worker={worker} />
    </>
  )
}

function Facts({ card: { case: one, task } }: { card: Card }) {
  const t = useTexts(words)
  const said = useSaid()
  const at = { day: dayOf(one.due_at), time: time(one.due_at) }
  const facts: [string, string][] = [
    [t('asked'), task?.instruction ?? ''], [t('what'), one.description ?? ''], [t('where'), whereIn(said(one.place__label), one.address ?? '')],
    [t('due'), one.due_at ? t(one.breached ? 'late' : 'dueAt', at) : t('noDue')], [t('many'), String(one.supporters)],
  ]
  return <dl className="facts">{facts.filter(([, value]) => value).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
}

function Acts({ card, worker }: { card: Card; worker: Worker }) {
  const t = useTexts(words)
  const acts = openActs(card, useParcels())
  const [open, setOpen] = useState<string | null>(null)
  const form = (act: Act) => <ActForm key={act.key} target={cardTarget(card, act)} act={act} worker={worker} open={open === act.key} onOpen={(wanted) => setOpen(wanted ? act.key : null)} />
  const [main, more] = [acts.filter((act) => act.step), acts.filter((act) => !act.step)]
  return (
    <section className="acts" aria-labelledby="acts-title" data-lane={laneOf(card)}>
      <h2 id="acts-title">{t('acts')}</h2>
      {main.map(form)}
      {more.length > 0 && <><h3>{t('more')}</h3>{more.map(form)}</>}
    </section>
  )
}

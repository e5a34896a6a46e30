/** One case as whoever reported it sees it. The address may bring the secret behind its #: it is kept here and taken out of sight. */
import { useEffect, useState } from 'react'
import { date, dayOf, time } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import type { Progress } from '../data/cases'
import { Loading } from '../parts/Loading'
import { ReadAloud } from '../parts/ReadAloud'
import { Link } from '../parts/Link'
import { back } from '../routes'
import '../style/cases.css'
import { CasePhotos } from './CasePhotos'
import { forgetCase, keepCase, myCase, type MyCase } from './mine'
import { useProgress } from './progress'
import { Replies } from './Replies'

const words = texts({
  unknown: ['这部手机里没有这件事的查询码。请用上报时的那部手机，或打开上报后收到的完整网址。', 'This phone has no key for it. Use the phone you reported with, or the whole address you got.'],
  number: ['编号 {number}', 'Number {number}'],
  merged: ['已并入 {number} 一起办理', 'Handled together with {number}'],
  office: ['谁在办', 'Who handles it'], due: ['什么时候', 'Until when'], supporters: ['多少人反映', 'How many reported it'], next: ['接下来', 'What comes next'],
  noOffice: ['等待受理后确定', 'Decided when it is accepted'],
  people: ['{n} 人', '{n}'],
  dueAt: ['{what}：{day} {time} 前', '{what}: by {time} on {day}'],
  late: ['已超时，系统已提醒承办单位', 'It is late; the office has been reminded'],
  paused: ['暂停计时', 'The clock is paused'],
  none: ['没有时限', 'No limit'],
  steps: ['办到哪一步', 'Step by step'],
  notes: ['给我的回复和我补充的', 'Replies to me, and what I added'],
  me: ['我补充的', 'I added'], office_said: ['工作人员', 'Staff'],
  looks: ['谁查看过我的姓名和电话', 'Who looked at my name and telephone'],
  forget: ['不再关注这件事', 'Stop following it'],
  forgetWhy: ['查询码会从这部手机上删掉，不影响办理。', 'The key is deleted from this phone; the handling goes on.'],
})

export function CasePage({ number }: { number: string }) {
  const t = useTexts(words)
  const [mine, setMine] = useState<MyCase | null | undefined>(undefined)
  useEffect(() => {
    const secret = location.hash.slice(1)
    if (secret) history.replaceState(history.state, '', location.pathname)
    const kept = secret ? keepCase({ number, secret, title: number, reported: true, kept_at: Date.now() }) : Promise.resolve()
    void kept.then(() => myCase(number)).then((one) => setMine(one ?? null), () => setMine(null))
  }, [number])
  if (mine === undefined) return null
  if (mine === null) return <p className="note">{t('unknown')}</p>
  return <Followed mine={mine} />
}

function Followed({ mine }: { mine: MyCase }) {
  const t = useTexts(words)
  const answer = useProgress(mine.number, mine.secret)
  return (
    <>
      <Loading answer={answer} lines={6}>{(body) => <View mine={mine} body={body} again={answer.again} />}</Loading>
      <Link to={{ page: 'looks', id: mine.number }} className="button wide">{t('looks')}</Link>
      <section className="card">
        <p className="hint">{t('forgetWhy')}</p>
        <button type="button" className="button" onClick={() => void forgetCase(mine.number).then(() => back({ page: 'cases' }))}>{t('forget')}</button>
      </section>
    </>
  )
}

function View({ mine, body, again }: { mine: MyCase; body: Progress; again: () => void }) {
  const t = useTexts(words)
  return (
    <>
      <Head mine={mine} body={body} />
      <CasePhotos mine={mine} body={body} />
      <section className="card" aria-labelledby="steps-title"><h2 id="steps-title">{t('steps')}</h2><Steps body={body} /></section>
      {body.notes.length > 0 && <section className="card" aria-labelledby="notes-title"><h2 id="notes-title">{t('notes')}</h2><Notes body={body} /></section>}
      <Replies mine={mine} body={body} again={again} />
    </>
  )
}

function dueWords(t: (key: keyof typeof words, gaps?: Record<string, string>) => string, body: Progress, clock: string): string {
  if (body.breached) return t('late')
  if (body.paused) return t('paused')
  return body.due_at ? t('dueAt', { what: clock, day: dayOf(body.due_at), time: time(body.due_at) }) : t('none')
}

function Head({ mine, body }: { mine: MyCase; body: Progress }) {
  const t = useTexts(words)
  const said = useSaid()
  const due = dueWords(t, body, said(body.clock))
  const open = body.phase !== 'closed' && body.phase !== 'cancelled'
  const facts: [string, string][] = [
    [t('office'), said(body.office) || t('noOffice')], ...(open ? [[t('due'), due] as [string, string]] : []),
    [t('supporters'), t('people', { n: body.supporters })], [t('next'), said(body.next)],
  ]
  return (
    <section className="card project-head" aria-labelledby="case-title">
      <h2 id="case-title">{body.title}</h2>
      <p><em className="stage" data-phase={body.phase}>{said(body.stage)}</em> <span className="hint num">{t('number', { number: mine.number })}</span></p>
      {body.merged_into && <p className="note">{t('merged', { number: body.merged_into })}</p>}
      <dl className="facts">{facts.filter(([, value]) => value).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      <ReadAloud text={joined('stop', [body.title, said(body.stage), ...facts.map((fact) => joined('colon', fact))])} />
    </section>
  )
}

function Steps({ body }: { body: Progress }) {
  const said = useSaid()
  const lang = useLang()
  const last = body.steps.length - 1
  return (
    <ol className="stages">
      {body.steps.map(({ at, stage, office }, index) => (
        <li key={`${at} ${index}`} data-state={index === last ? 'now' : 'done'} aria-current={index === last ? 'step' : undefined}>
          <i aria-hidden="true" />
          <b>{said(stage)}</b> <time dateTime={at}>{date(at, lang)} {time(at)}</time>
          {said(office) && <span>{said(office)}</span>}
        </li>
      ))}
    </ol>
  )
}

function Notes({ body }: { body: Progress }) {
  const t = useTexts(words)
  return (
    <ul className="entries">
      {body.notes.map(({ at, text, mine }, index) => (
        <li key={`${at} ${index}`}><span className="hint">{t(mine ? 'me' : 'office_said')} · <time dateTime={at}>{dayOf(at)} {time(at)}</time></span>{text && <p>{text}</p>}</li>
      ))}
    </ul>
  )
}

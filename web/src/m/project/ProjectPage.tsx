/** One project: what, where, who, how far, by whose word, and the resident's own word. */
import { date } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import type { TaskView } from '../data/task'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { Loading } from '../parts/Loading'
import { ReadAloud } from '../parts/ReadAloud'
import { isProjectStatus, STATUS_WORDS } from '../parts/status'
import { StatusChip } from '../parts/StatusChip'
import { Entries } from './Entries'
import { Facts } from './Facts'
import { Stages } from './Stages'
import { Targets } from './Targets'
import { useTask } from './useTask'

const words = texts({
  asOf: ['截至 {day}', 'As of {day}'],
  official: ['公布的说法', 'Official wording'],
  planned: ['计划的原文', 'The plan in its own words'],
  source: ['来源：{name}', 'Source: {name}'],
  here: ['您就在现场吗？', 'Are you standing there?'],
  hereMore: ['看到的和公布的一样不一样，说一句，区里会核对。', 'Say whether it is as published; the district checks.'],
  say: ['我在现场，说一句', 'Say what I see'],
  counts: ['已有 {confirms} 人说做好了，{contests} 人说还没做好。', '{confirms} said it is done, {contests} said it is not.'],
  aloud: ['{title}。{status}。{reason}。{lead}', '{title}. {status}. {reason}. {lead}'],
  lead: ['责任单位：{lead}。', 'Responsible: {lead}.'],
  open: ['还没说清的地方', 'What is not clear yet'],
})

export function ProjectPage({ id }: { id: string }) {
  const task = useTask(id)
  return <Loading answer={task} lines={6}>{(body) => <Project task={body} />}</Loading>
}

function Project({ task }: { task: TaskView }) {
  return (
    <article className="project">
      <Head task={task} />
      <Targets targets={task.targets} />
      <Stages stages={task.stages} current={task.stage} milestones={task.milestones} />
      <Here task={task} />
      <Facts task={task} />
      <Entries entries={task.entries} />
      <Sentences task={task} />
      <OpenPoints task={task} />
    </article>
  )
}

function Head({ task }: { task: TaskView }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const status = useTexts(STATUS_WORDS)
  const title = said(task.title)
  const lead = said(task.lead)
  const aloud = t('aloud', {
    title, status: isProjectStatus(task.status) ? status(task.status) : '', reason: said(task.reason), lead: lead && t('lead', { lead }),
  })
  return (
    <header className="card project-head">
      <h2>{title}</h2>
      <p className="project-state"><StatusChip status={task.status} />{task.asOf && <time dateTime={task.asOf}>{t('asOf', { day: date(task.asOf, lang) })}</time>}</p>
      {said(task.reason) && <p>{said(task.reason)}</p>}
      <ReadAloud text={aloud} />
    </header>
  )
}

function Here({ task }: { task: TaskView }) {
  const t = useTexts(words)
  const { confirms, contests } = task
  return (
    <section className="card here" aria-labelledby="here-title">
      <h2 id="here-title">{t('here')}</h2>
      <p>{t('hereMore')}</p>
      {confirms + contests > 0 && <p className="hint">{t('counts', { confirms, contests })}</p>}
      <Link to={{ page: 'say', id: task.id }} className="button primary wide"><Icon name="pen" />{t('say')}</Link>
    </section>
  )
}

function Sentences({ task }: { task: TaskView }) {
  const t = useTexts(words)
  const said = useSaid()
  return (
    <section className="card sentences">
      {task.sentences.map(({ kind, text, source }) => text && (
        <figure key={kind}>
          <figcaption>{t(kind)}</figcaption>
          <blockquote lang="zh-CN">{text}</blockquote>
          {said(source) && <p className="provenance">{t('source', { name: said(source) })}</p>}
        </figure>
      ))}
    </section>
  )
}

/** What the sources leave open and what the platform assumes: said, not hidden. */
function OpenPoints({ task: { marks, doubt, basis } }: { task: TaskView }) {
  const t = useTexts(words)
  const said = useSaid()
  if (marks.length === 0 && !said(doubt) && !said(basis)) return null
  return (
    <section className="card" aria-labelledby="open-title">
      <h2 id="open-title">{t('open')}</h2>
      <ul className="open-points">
        {said(doubt) && <li>{said(doubt)}</li>}
        {marks.map(({ kind, text, note }) => <li key={kind}>{said(text)}{said(note) && <span>{said(note)}</span>}</li>)}
        {said(basis) && <li>{said(basis)}</li>}
      </ul>
    </section>
  )
}

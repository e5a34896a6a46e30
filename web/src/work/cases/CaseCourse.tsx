/** A case as those who work on it need it: its time, its offices and what they did, who checked, why it is here, and its whole course. */
import { Link } from 'react-router'
import { useLang, useSaid, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { emptyQuery } from '../list/query'
import { recordAddress } from '../paths'
import { ActionBar } from '../record/ActionBar'
import { useModel, useRecord, useRows } from '../records'
import { titleSaid } from '../titles'
import { isEmpty, labelKey, momentText, valueText } from '../values'
import type { Id, Model, RecordAnswer, Row } from '../wire'
import { CASE, isClosed, useBeside, type Beside } from './api'
import './cases.css'
import { Clocks } from './Clocks'
import { Course, type Kept } from './Course'
import { photoIds, Photos } from './parts'
import { Reporters } from './Reporters'
import { caseWords } from './words'

const FIRST = 50

/** Rows of a register that belong to this case; nothing is asked where there is none. */
function useKept(entity: string, answer: RecordAnswer, by = 'case'): Kept | null {
  const has = answer.related.some((one) => one.entity === entity && one.field === by && one.count > 0)
  const model = useModel(has ? entity : undefined)
  const query = { ...emptyQuery, where: [{ field: by, op: 'eq' as const, value: String(answer.record.id) }], sort: 'id' }
  const rows = useRows(entity, query, FIRST, has)
  return has && model.data && rows.data ? { model: model.data, rows: rows.data.rows } : null
}

function Told({ kept, row, keys }: { kept: Kept; row: Row; keys: string[] }) {
  const lang = useLang()
  const fields = keys.flatMap((key) => kept.model.fields.find((field) => field.key === key) ?? []).filter((field) => !isEmpty(row[field.key]))
  return fields.map((field) => <span key={field.key}>{valueText(field, row[field.key], row, null, lang)}</span>)
}

function Report({ answer }: { answer: RecordAnswer }) {
  const t = useTexts(caseWords)
  const photos = photoIds(answer.record['files'])
  const text = answer.record['description']
  if (isEmpty(text) && !photos.length) return null
  return (
    <section className="case-part" aria-label={t('report')}>
      <h3>{t('report')}</h3>
      {!isEmpty(text) && <p className="said">{String(text)}</p>}
      {photos.length > 0 && <Photos ids={photos} name={(n) => `${t('photos')} ${n}`} />}
    </section>
  )
}

/** The photos of the report and those of the work, side by side: what a check compares. */
function Pair({ before, after }: { before: Id[]; after: Id[] }) {
  const t = useTexts(caseWords)
  if (!before.length && !after.length) return null
  const side = (word: 'before' | 'after', ids: Id[]) => (
    <div>
      <h4>{t(word)}</h4>
      {ids.length ? <Photos ids={ids} name={(n) => `${t(word)} ${n}`} /> : <p className="meta">{t('noPhotos')}</p>}
    </div>
  )
  return (
    <div className="photo-pair">
      {side('before', before)}
      {side('after', after)}
    </div>
  )
}

const OPEN_TASK = new Set(['assigned', 'accepted'])

/** What this reader may do with the task: an office works on the page where it reads, not one register further. */
function TaskActs({ model, id }: { model: Model; id: Id }) {
  const task = useRecord(model.name, id).data
  if (!task?.allowed_actions.length) return null
  return <ActionBar model={model} answer={task} within />
}

function Task({ kept, row, before }: { kept: Kept; row: Row; before: Id[] }) {
  const t = useTexts(caseWords)
  const after = photoIds(row['photos'])
  const said = (key: string, word: 'instruction' | 'taskResult' | 'whyReturned') =>
    isEmpty(row[key]) ? null : (
      <p>
        <span className="meta">{t('labelled', { label: t(word) })}</span>
        {String(row[key])}
      </p>
    )
  return (
    <li className="case-task">
      <p className="row-words">
        <Link className="desk-link" to={recordAddress(kept.model.name, row.id)}>
          <Told kept={kept} row={row} keys={['office']} />
        </Link>
        <Told kept={kept} row={row} keys={['role', 'state', 'handler']} />
        <time className="meta num">{momentText(row['assigned_at'])}</time>
      </p>
      {said('instruction', 'instruction')}
      {said('why_returned', 'whyReturned')}
      {said('result', 'taskResult')}
      {OPEN_TASK.has(String(row['state'])) && <TaskActs model={kept.model} id={row.id} />}
      {(after.length > 0 || row['state'] === 'done') && <Pair before={before} after={after} />}
    </li>
  )
}

function Tasks({ kept, answer }: { kept: Kept | null; answer: RecordAnswer }) {
  const t = useTexts(caseWords)
  const before = photoIds(answer.record['files'])
  return (
    <section className="case-part" aria-label={t('tasks')}>
      <h3>{t('tasks')}</h3>
      {!kept && <p className="meta">{t('noTasks')}</p>}
      <ul className="plain-list">
        {kept?.rows.map((row) => (
          <Task key={row.id} kept={kept} row={row} before={before} />
        ))}
      </ul>
    </section>
  )
}

/** Rows of a small register, each in a line of words with a longer text below it. */
function Lines({ kept, title, keys, text }: { kept: Kept | null; title: keyof typeof caseWords; keys: string[]; text: string }) {
  const t = useTexts(caseWords)
  if (!kept) return null
  return (
    <section className="case-part" aria-label={t(title)}>
      <h3>{t(title)}</h3>
      <ul className="plain-list">
        {kept.rows.map((row) => (
          <li key={row.id}>
            <p className="row-words">
              <Told kept={kept} row={row} keys={keys} />
            </p>
            {!isEmpty(row[text]) && <p className="said">{String(row[text])}</p>}
            {photoIds(row['photos'] ?? row['files']).length > 0 && (
              <Photos ids={photoIds(row['photos'] ?? row['files'])} name={(n) => t('photo', { n })} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Why({ routing }: { routing: Beside['routing'] }) {
  const t = useTexts(caseWords)
  const said = useSaid()
  return (
    <section className="case-part" aria-label={t('routing')}>
      <h3>{t('routing')}</h3>
      <p className="row-words">
        <b>{said(routing.office)}</b>
        <span>{said(routing.found.why)}</span>
      </p>
      {routing.rules.length > 0 && (
        <details>
          <summary>{t('rules')}</summary>
          <ol className="plain-list">
            {routing.rules.map((rule) => (
              <li key={rule.rule}>
                <span className="num meta">{rule.order}</span> {t('labelled', { label: said(rule.label) })}
                {rule.misfit ? <span className="meta">{said(rule.misfit)}</span> : t(rule.rule === routing.found.rule ? 'fitsFirst' : 'fits')}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}

function Similar({ rows }: { rows: Beside['similar'] }) {
  const t = useTexts(caseWords)
  const said = useSaid()
  if (!rows.length) return null
  return (
    <section className="case-part" aria-label={t('similar')}>
      <h3>{t('similar')}</h3>
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.id} className="row-words">
            <Link className="desk-link" to={recordAddress(CASE, row.id)}>
              {row.title}
            </Link>
            <span className="num meta">{row.number}</span>
            <span>{said(row.state)}</span>
            <span className="num meta">{row.reasons.map((reason) => said(reason)).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Around({ id }: { id: Id }) {
  const beside = useBeside(id)
  if (beside.isPending) return <Skeleton lines={4} />
  if (isClosed(beside.error)) return null
  if (beside.isError) return <Failed error={beside.error} again={() => void beside.refetch()} />
  return (
    <>
      <Why routing={beside.data.routing} />
      <Reporters id={id} people={beside.data.people} mayReveal={beside.data.may_reveal} />
      <Similar rows={beside.data.similar} />
    </>
  )
}

/** Where the work goes on once a case was merged into another, or of which one it is a part. */
function Above({ answer, field, word }: { answer: RecordAnswer; field: 'master' | 'parent'; word: 'mergedInto' | 'partOf' }) {
  const t = useTexts(caseWords)
  const above = answer.record[field]
  if (isEmpty(above)) return null
  return (
    <p className="case-part">
      {t(word)}
      <Link className="desk-link" to={recordAddress(CASE, above as Id)}>
        {String(answer.record[labelKey(field)] ?? above)}
      </Link>
    </p>
  )
}

/** The cases that this one was taken apart into: it ends when they have. */
function Parts({ kept }: { kept: Kept | null }) {
  const t = useTexts(caseWords)
  if (!kept) return null
  return (
    <section className="case-part" aria-label={t('parts')}>
      <h3>{t('parts')}</h3>
      <ul className="plain-list">
        {kept.rows.map((row) => (
          <li key={row.id} className="row-words">
            <Link className="desk-link" to={recordAddress(CASE, row.id)}>
              {titleSaid(row)}
            </Link>
            <Told kept={kept} row={row} keys={['number', 'state', 'lead', 'due_at']} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export default function CaseCourse({ answer }: { model: Model; answer: RecordAnswer }) {
  const id = answer.record.id
  const tasks = useKept('cases.casetask', answer)
  return (
    <div className="case-course">
      <div>
        <Above answer={answer} field="master" word="mergedInto" />
        <Above answer={answer} field="parent" word="partOf" />
        <Clocks id={id} />
        <Report answer={answer} />
        <Tasks kept={tasks} answer={answer} />
        <Parts kept={useKept(CASE, answer, 'parent')} />
        <Lines kept={useKept('cases.verification', answer)} title="verifications" keys={['way', 'verdict', 'by', 'at']} text="note" />
        <Lines kept={useKept('cases.supervision', answer)} title="supervision" keys={['rung', 'office', 'at', 'answered_by']} text="answer" />
        <Lines kept={useKept('cases.note', answer)} title="notes" keys={['by', 'readers', 'updated_at']} text="text" />
        <Lines kept={useKept('cases.caselink', answer)} title="links" keys={['kind', 'case', 'other']} text="note" />
      </div>
      <div>
        <Course id={id} tasks={tasks} />
        <Around id={id} />
      </div>
    </div>
  )
}

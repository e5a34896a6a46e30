import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { importPath, listPath } from '../paths'
import { useModel } from '../records'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import { EMPTY, momentText } from '../values'
import type { ImportEntry, ImportUpload } from '../wire'
import { resultFile, useImport } from './api'
import './imports.css'
import { isUndoable, statusMark, statusWord } from './status'
import { Undo } from './Undo'
import { Wizard } from './Wizard'
import { importWords } from './words'

function Facts({ entry, label }: { entry: ImportEntry; label: string }) {
  const t = useTexts(importWords)
  const counted = (value: number | null | undefined) => (value === null || value === undefined ? EMPTY : number(value, 0))
  const facts: [string, React.ReactNode][] = [
    [
      t('entity'),
      <Link key="list" to={listPath(entry.entity)}>
        {label}
      </Link>,
    ],
    [
      t('status'),
      <span key="status" className="sure">
        <Mark status={statusMark(entry.status)} />
        {statusWord(entry.status, t)}
      </span>,
    ],
    [t('added'), counted(entry.added)],
    [t('badCount'), counted(entry.bad)],
    [t('who'), entry.who ?? EMPTY],
    [t('when'), entry.at ? momentText(entry.at) : EMPTY],
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** One import afterwards: its counts, its result file, and the way to undo it. */
export default function ImportEntryPage() {
  const { id = '' } = useParams()
  const t = useTexts(importWords)
  const said = useSaid()
  const entry = useImport(id)
  const model = useModel(entry.data?.entity)
  if (entry.isPending)
    return (
      <div className="page">
        <Skeleton lines={5} />
      </div>
    )
  if (entry.isError)
    return (
      <div className="page">
        <ProblemPage error={entry.error} again={() => void entry.refetch()} />
      </div>
    )
  const waiting = entry.data.status === 'uploaded' && entry.data.columns ? (entry.data as ImportUpload) : undefined
  return (
    <div className="page">
      <Crumbs path={[{ label: t('history'), to: importPath() }, { label: entry.data.file_name }]} />
      <h1>{entry.data.file_name}</h1>
      {waiting && model.data ? (
        <Wizard model={model.data} start={waiting} />
      ) : (
        <section className="card wizard">
          <Facts entry={entry.data} label={said(model.data?.label) || entry.data.entity} />
          <div className="wizard-foot">
            <Button href={resultFile(id)} download>
              {t('download')}
            </Button>
            {isUndoable(entry.data.status) && <Undo id={id} entity={entry.data.entity} onDone={() => void entry.refetch()} />}
          </div>
        </section>
      )}
    </div>
  )
}

import { Link } from 'react-router'
import { number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { importEntryPath } from '../paths'
import { Crumbs } from '../shell/Crumbs'
import { useModelNames } from '../shell/models'
import { EMPTY, momentText } from '../values'
import type { ImportEntry } from '../wire'
import { useImports } from './api'
import './imports.css'
import { statusMark, statusWord } from './status'
import { importWords } from './words'

const counted = (value: number | null | undefined): string => (value === null || value === undefined ? EMPTY : number(value, 0))

function Line({ entry, label }: { entry: ImportEntry; label: string }) {
  const t = useTexts(importWords)
  return (
    <tr>
      <th scope="row">
        <Link to={importEntryPath(entry.id)}>{entry.file_name}</Link>
      </th>
      <td>{label}</td>
      <td>
        <span className="sure">
          <Mark status={statusMark(entry.status)} />
          {statusWord(entry.status, t)}
        </span>
      </td>
      <td className="num end">{counted(entry.added)}</td>
      <td className="num end">{counted(entry.bad)}</td>
      <td>{entry.who ?? EMPTY}</td>
      <td className="num">{entry.at ? momentText(entry.at) : EMPTY}</td>
    </tr>
  )
}

/** Every import of files, newest first: what came in, and what can still be taken back. */
export default function ImportHistory() {
  const t = useTexts(importWords)
  const said = useSaid()
  const imports = useImports()
  const models = useModelNames().data ?? []
  const labelOf = (entity: string) => said(models.find((model) => model.name === entity)?.label) || entity
  return (
    <div className="page">
      <Crumbs path={[{ label: t('history') }]} />
      <h1>{t('history')}</h1>
      {imports.isPending && <Skeleton lines={5} />}
      {imports.isError && <Failed error={imports.error} again={() => void imports.refetch()} />}
      {imports.data?.length === 0 && <p className="nothing">{t('noneYet')}</p>}
      {imports.data && imports.data.length > 0 && (
        <div className="sheet scroll-x import-list" role="region" aria-label={t('history')} tabIndex={0}>
          <table className="plain-table">
            <thead>
              <tr>
                {(['file', 'entity', 'status', 'added', 'badCount', 'who', 'when'] as const).map((key) => (
                  <th key={key} scope="col" className={key === 'added' || key === 'badCount' ? 'end' : undefined}>
                    {t(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {imports.data.map((entry) => (
                <Line key={entry.id} entry={entry} label={labelOf(entry.entity)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

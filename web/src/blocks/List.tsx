/** Alarms, risks, news: a mark, a title, and what else there is to know on a second line. */
import { useLang } from '../shared/i18n'
import type { Row, Status } from '../shared/spec'
import { isLevel, Level, Mark, StatusTag, useStatusWord } from '../shared/Status'
import { RowButton } from './RowButton'
import { Rows } from './Rows'
import { amount, hasStatus, statusAt, word } from './rows'
import { Since } from './Since'
import type { BlockProps } from './types'

/** The word of the data on its tint; a bare shape when the data have no word for it. */
function Standing({ status, said }: { status: Status; said: string }) {
  const word = useStatusWord()
  if (said) return <StatusTag status={status}>{said}</StatusTag>
  return (
    <>
      <Mark status={status} size="1em" />
      <span className="sr-only">{word(status)}</span>
    </>
  )
}

function Head({ row, panel, envelope }: { row: Row } & Pick<BlockProps, 'panel' | 'envelope'>) {
  const lang = useLang()
  const { level, status } = panel.encode ?? {}
  const grade = amount(row, level)
  if (isLevel(grade)) return <Level level={grade} />
  const said = word(envelope, row, status, lang)
  if (hasStatus(row, status)) return <Standing status={statusAt(row, status)} said={status && envelope.dict?.[status] ? said : ''} />
  return said ? <span className="status-tag">{said}</span> : null
}

/** What else there is to know; a row without any has one line. */
function Second({ words }: { words: string[] }) {
  const told = words.filter(Boolean)
  if (!told.length) return null
  return (
    <span className="list-meta">
      {told.map((one, index) => (
        <span key={index} title={one}>{one}</span>
      ))}
    </span>
  )
}

export function List({ panel, envelope, drill, picked }: BlockProps) {
  const lang = useLang()
  const { title = 'title', meta, label, time, since } = panel.encode ?? {}
  const second = [...(meta ?? []), ...(time ? [time] : [])]
  return (
    <Rows className="list">
      {envelope.rows.map((row, index) => (
        <li key={index}>
          <RowButton row={row} drill={drill} picked={picked} className="list-row">
            <Head row={row} panel={panel} envelope={envelope} />
            <span className="list-main">
              <span className="list-title" title={word(envelope, row, title, lang)}>{word(envelope, row, title, lang)}</span>
              <Second words={second.map((key) => word(envelope, row, key, lang))} />
            </span>
            {since && <Since moment={row[since]} />}
            {label && <span className="list-label">{word(envelope, row, label, lang)}</span>}
          </RowButton>
        </li>
      ))}
    </Rows>
  )
}

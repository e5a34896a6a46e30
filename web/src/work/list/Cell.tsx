import { LockOutlined } from '@ant-design/icons'
import { memo, type ComponentType, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useLang, useSaid, useTexts } from '../../shared/i18n'
import { Mark, readStatus } from '../../shared/Status'
import { AttentionMark, TimeLeft, UrgencyMark, useNow } from '../cases/parts'
import '../cases/signs.css'
import { recordAddress } from '../paths'
import { isEmpty, isNumeric, isShare, labelKey, valueText } from '../values'
import type { Dict, Field, Id, Model, Values } from '../wire'
import './cell.css'
import { listWords } from './words'

interface CellOf {
  field: Field
  row: Values
  dict?: Dict | null | undefined
  masked?: boolean
  model?: Model | undefined
}

function Masked({ text, empty }: { text: string; empty: boolean }) {
  const t = useTexts(listWords)
  return (
    <span className="masked" title={t('maskedHelp')}>
      <LockOutlined aria-hidden="true" />
      {empty ? t('masked') : text}
      <span className="sr-only">{empty ? '' : t('masked')}</span>
    </span>
  )
}

function StageTag({ model, value, text }: { model: Model; value: unknown; text: string }) {
  const said = useSaid()
  const state = model.lifecycle?.states.find((one) => one.id === value)
  return (
    <span className="stage-word" data-final={state?.final || undefined}>
      {(model.lives && said(state?.title)) || text}
    </span>
  )
}

/** A bar says at a glance what the number says exactly. */
function Share({ share, text }: { share: number; text: string }) {
  return (
    <span className="share">
      <i aria-hidden="true">
        <b style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
      </i>
      <span className="num">{text}</span>
    </span>
  )
}

/** One file, or several, each with its own link. */
function Files({ value, text }: { value: unknown; text: string }) {
  const files = (Array.isArray(value) ? value : [value]) as (Id | { id: Id; name: string })[]
  return files.map((file, index) => {
    const [id, name] = typeof file === 'object' ? [file.id, file.name] : [file, text]
    return (
      <a key={index} href={`/api/files/${id}`} className="file" target="_blank" rel="noreferrer">
        {name}
      </a>
    )
  })
}

function TimeCell({ row }: { row: Values }) {
  return <TimeLeft row={row} now={useNow()} />
}

/** Values that say more by a sign than by their text. */
const OWN_CELLS: Record<string, ComponentType<{ row: Values }>> = {
  'cases.case.urgency': ({ row }) => (
    <span className="signs">
      <UrgencyMark urgency={row['urgency']} />
      <AttentionMark attention={row['attention']} />
    </span>
  ),
  'cases.case.due_at': TimeCell,
}

function shape({ field, row, model }: CellOf, text: string): ReactNode {
  const value = row[field.key]
  const Own = OWN_CELLS[`${model?.name ?? ''}.${field.key}`]
  if (Own) return <Own row={row} />
  if (isEmpty(value)) return <span className="empty">{text}</span>
  if (field.kind === 'reference' && field.reference) {
    const name = row[labelKey(field.key)] ? text : `#${String(value)}`
    return field.opens === false || row[labelKey(field.key)] === null ? name : <Link to={recordAddress(field.reference, value as Id)}>{name}</Link>
  }
  if (field.kind === 'file') return <Files value={value} text={text} />
  if (model?.lifecycle?.field === field.key) return <StageTag model={model} value={value} text={text} />
  const status = field.kind === 'choice' && field.key === 'status' ? readStatus(value) : null
  if (status)
    return (
      <span className="status-word">
        <Mark status={status} />
        {text}
      </span>
    )
  if (isShare(field)) return <Share share={Number(value)} text={text} />
  if (isNumeric(field) || field.kind === 'moment' || field.kind === 'day') return <span className="num">{text}</span>
  return text
}

/** One value of one record, drawn by the kind of its field. */
export const Cell = memo(function Cell(props: CellOf) {
  const lang = useLang()
  const { field, row, dict, masked } = props
  const text = valueText(field, row[field.key], row, dict, lang)
  if (masked) return <Masked text={text} empty={isEmpty(row[field.key])} />
  return shape(props, text)
})

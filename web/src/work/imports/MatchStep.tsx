import { Button } from 'antd'
import { useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { Mark } from '../../shared/Status'
import type { Status } from '../../shared/spec'
import { deskWords } from '../words'
import type { ImportColumn, ImportUpload, SheetField } from '../wire'
import { assign, confidence, missingFields, type Confidence, type Mapping } from './mapping'
import { importWords } from './words'

interface MatchOf {
  read: ImportUpload
  fields: SheetField[]
  mapping: Mapping
  busy: boolean
  onChange: (mapping: Mapping) => void
  onSheet: (sheet: string) => void
  onCheck: () => void
  onBack: () => void
}

const MARKS: Record<Confidence, Status> = { sure: 'ok', likely: 'ok', unsure: 'watch', none: 'awaiting' }
const SAMPLES = 3

function ColumnRow({
  column,
  fields,
  mapping,
  onChange,
}: {
  column: ImportColumn
  fields: SheetField[]
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}) {
  const t = useTexts(importWords)
  const said = useSaid()
  const chosen = mapping[column.index]
  const sure = confidence(column, chosen)
  return (
    <tr>
      <th scope="row">
        <span className="num meta">{column.letter}</span> {column.header}
      </th>
      <td className="samples">
        {column.samples.slice(0, SAMPLES).map((sample, index) => (
          <span key={index}>{sample}</span>
        ))}
      </td>
      <td>
        <select
          className="native-select"
          value={chosen ?? ''}
          aria-label={`${column.header} ${t('field')}`}
          onChange={(event) => onChange(assign(mapping, column.index, event.target.value || null))}
        >
          <option value="">{t('skip')}</option>
          {fields.map((field) => (
            <option key={field.key} value={field.key}>
              {said(field.label)}
              {field.required ? ' *' : ''}
            </option>
          ))}
        </select>
      </td>
      <td>
        <span className="sure">
          <Mark status={MARKS[sure]} />
          {t(sure)}
        </span>
      </td>
    </tr>
  )
}

/** What the server read from the file, in the words of a person who has to check it. */
function FileFacts({ read }: { read: ImportUpload }) {
  const t = useTexts(importWords)
  const facts: [string, string | null][] = [
    [t('file'), read.file_name],
    [t('sheet'), read.sheets.length > 1 ? null : read.sheet],
    [t('encoding'), read.encoding],
    ['', t('headerRow', { row: read.header_row })],
    ['', t('rows', { count: read.rows })],
  ]
  return (
    <p className="file-facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <span key={value}>
            {name && <i>{name}</i>} {value}
          </span>
        ))}
    </p>
  )
}

/** A workbook with several sheets: one is read at a time, and the reader sees which are not. */
function Sheets({ read, busy, onSheet }: Pick<MatchOf, 'read' | 'busy' | 'onSheet'>) {
  const t = useTexts(importWords)
  if (read.sheets.length < 2) return null
  return (
    <label className="sheet-choice">
      {t('sheet')}
      <select className="native-select" value={read.sheet ?? ''} disabled={busy} onChange={(event) => onSheet(event.target.value)}>
        {read.sheets.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <span className="meta">{t('oneSheet', { count: read.sheets.length })}</span>
    </label>
  )
}

export function MatchStep({ read, fields, mapping, busy, onChange, onSheet, onCheck, onBack }: MatchOf) {
  const t = useTexts(importWords)
  const word = useTexts(deskWords)
  const said = useSaid()
  const missing = missingFields(mapping, fields)
  return (
    <>
      <FileFacts read={read} />
      <Sheets read={read} busy={busy} onSheet={onSheet} />
      <div className="scroll-x" role="region" aria-label={t('match')} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('samples')}</th>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('confidence')}</th>
            </tr>
          </thead>
          <tbody>
            {read.columns.map((column) => (
              <ColumnRow key={column.index} column={column} fields={fields} mapping={mapping} onChange={onChange} />
            ))}
          </tbody>
        </table>
      </div>
      <p role="status" className="warning" hidden={!missing.length}>
        {t('missing', { fields: joined('list', missing.map((field) => said(field.label))) })}
      </p>
      <div className="wizard-foot">
        <Button type="primary" loading={busy} onClick={onCheck}>
          {busy ? t('checking') : t('check')}
        </Button>
        <Button onClick={onBack}>{word('back')}</Button>
      </div>
    </>
  )
}

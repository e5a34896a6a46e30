import { Button, Radio } from 'antd'
import { useState } from 'react'
import { number } from '../../shared/format'
import { useLang, useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { headText, valueText } from '../values'
import { deskWords } from '../words'
import type { Field, ImportError, ImportMode, ImportPreview, Values } from '../wire'
import { commitBlock, type Answers } from './mapping'
import { Questions } from './Questions'
import { importWords } from './words'

interface PreviewOf {
  found: ImportPreview
  fields: Field[]
  busy: boolean
  onAnswer: (answers: Answers) => void
  onCommit: (mode: ImportMode) => void
  onBack: () => void
}

function Problems({ errors, total, title }: { errors: ImportError[]; total: number; title: string }) {
  const t = useTexts(importWords)
  if (!errors.length) return null
  return (
    <section>
      <h2>{title}</h2>
      {total > errors.length && <p className="meta">{t('errorsShown', { shown: errors.length, count: number(total, 0) })}</p>}
      <div className="scroll-both" role="region" aria-label={title} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('cell')}</th>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('value')}</th>
              <th scope="col">{t('message')}</th>
            </tr>
          </thead>
          <tbody>
            {errors.map((error, index) => (
              <tr key={index}>
                <th scope="row" className="num">
                  {error.cell}
                </th>
                <td>{error.column}</td>
                <td className="raw">{error.value}</td>
                <td>{error.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Sample({ rows, fields }: { rows: Values[]; fields: Field[] }) {
  const t = useTexts(importWords)
  const lang = useLang()
  const used = fields.filter((field) => rows.some((row) => field.key in row))
  if (!rows.length) return null
  const title = t('sample', { count: rows.length })
  return (
    <section>
      <h2>{title}</h2>
      <div className="scroll-both sample-rows" role="region" aria-label={title} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              {used.map((field) => (
                <th key={field.key} scope="col">
                  {headText(field, lang)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {used.map((field) => (
                  <td key={field.key}>{valueText(field, row[field.key], row, null, lang)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** What an import would do, before it does anything. */
export function PreviewStep({ found, fields, busy, onAnswer, onCommit, onBack }: PreviewOf) {
  const t = useTexts(importWords)
  const word = useTexts(deskWords)
  const [mode, setMode] = useState<ImportMode>('all_or_nothing')
  const block = commitBlock(mode, found)
  return (
    <>
      <Questions questions={found.questions} busy={busy} onAnswer={onAnswer} />
      <p className="totals" role="status">
        <span>{t('total', { count: number(found.total, 0) })}</span>
        <span>
          <Mark status="ok" />
          {t('good', { count: number(found.good, 0) })}
        </span>
        {found.bad > 0 && (
          <span>
            <Mark status="breach" />
            {t('bad', { count: number(found.bad, 0) })}
          </span>
        )}
      </p>
      <Problems errors={found.errors} total={found.error_count} title={t('errors')} />
      <Problems errors={found.remarks} total={found.remark_count} title={t('remarks')} />
      <Sample rows={found.rows} fields={fields} />
      <fieldset className="modes">
        <legend>{t('mode')}</legend>
        <Radio.Group value={mode} onChange={(event) => setMode(event.target.value as ImportMode)}>
          <Radio value="all_or_nothing">
            {t('all')}
            <span className="meta">{t('allHelp')}</span>
          </Radio>
          <Radio value="good_rows">
            {t('goodRows')}
            <span className="meta">{t('goodRowsHelp')}</span>
          </Radio>
        </Radio.Group>
      </fieldset>
      <p role="status" className="warning" hidden={!block}>
        {block === 'bad_rows' ? t('badRows', { count: number(found.bad, 0) }) : t(block === 'questions' ? 'answerFirst' : 'noRows')}
      </p>
      <div className="wizard-foot">
        <Button type="primary" loading={busy} disabled={block !== null} onClick={() => onCommit(mode)}>
          {busy ? t('committing') : t('commit')}
        </Button>
        <Button onClick={onBack}>{word('back')}</Button>
      </div>
    </>
  )
}

import { Button, Radio } from 'antd'
import { useMemo, useState } from 'react'
import { useLang, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { headText, valueText } from '../values'
import { deskWords } from '../words'
import type { Dict, Field, Model, Present, Values } from '../wire'
import { clashes, onlyTheirs, resolved, type Clash, type Side } from './merge'
import { conflictWords } from './words'

interface ConflictOf {
  model: Model
  fields: Field[]
  before: Values
  mine: Values
  present: Present
  dict: Dict | null | undefined
  busy: boolean
  onSave: (values: Values) => void
  onBack: () => void
  onDone: () => void
}

type Say = (field: Field, value: unknown, row: Values) => string

function ClashRow({
  clash,
  field,
  say,
  rows,
  chosen,
  onChoose,
}: {
  clash: Clash
  field: Field
  say: Say
  rows: { before: Values; theirs: Values }
  chosen: Side | undefined
  onChoose: (side: Side) => void
}) {
  const t = useTexts(conflictWords)
  const lang = useLang()
  const label = headText(field, lang)
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{say(field, clash.before, rows.before)}</td>
      <td>
        <Radio
          checked={chosen === 'mine'}
          name={`clash-${field.key}`}
          aria-label={`${label} ${t('keepMine')}`}
          onChange={() => onChoose('mine')}
        >
          {say(field, clash.mine, {})}
        </Radio>
      </td>
      <td>
        <Radio
          checked={chosen === 'theirs'}
          name={`clash-${field.key}`}
          aria-label={`${label} ${t('keepTheirs')}`}
          onChange={() => onChoose('theirs')}
        >
          {say(field, clash.theirs, rows.theirs)}
        </Radio>
      </td>
    </tr>
  )
}

function AlsoChanged({
  changed,
  fieldOf,
  say,
  rows,
}: {
  changed: Clash[]
  fieldOf: (key: string) => Field
  say: Say
  rows: { before: Values; theirs: Values }
}) {
  const t = useTexts(conflictWords)
  const lang = useLang()
  if (!changed.length) return null
  return (
    <>
      <h3>{t('alsoChanged')}</h3>
      <ul>
        {changed.map((clash) => (
          <li key={clash.field}>
            {joined('colon', [headText(fieldOf(clash.field), lang), say(fieldOf(clash.field), clash.before, rows.before)])} →{' '}
            {say(fieldOf(clash.field), clash.theirs, rows.theirs)}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Somebody was faster: both versions side by side, a choice per field, and nothing of either is lost unseen. */
export function Conflict({ fields, before, mine, present, dict, busy, onSave, onBack, onDone }: ConflictOf) {
  const t = useTexts(conflictWords)
  const word = useTexts(deskWords)
  const lang = useLang()
  const [chosen, setChosen] = useState<Record<string, Side>>({})
  const theirs = present.values
  const open = useMemo(() => clashes(before, mine, theirs), [before, mine, theirs])
  const also = useMemo(
    () =>
      onlyTheirs(
        before,
        mine,
        theirs,
        fields.map((field) => field.key),
      ),
    [before, mine, theirs, fields],
  )
  const fieldOf = (key: string): Field => fields.find((field) => field.key === key) ?? { key, label: key, kind: 'text' }
  const say: Say = (field, value, row) => valueText(field, value, row, dict, lang)
  const left = open.filter((clash) => !chosen[clash.field]).length
  const values = resolved(mine, open, chosen, theirs)
  const save = () => {
    if (values) {
      if (Object.keys(values).length) onSave(values)
      else onDone()
    }
  }
  const rows = { before, theirs }
  return (
    <section className="conflict" role="alert">
      <h2>{t('title')}</h2>
      <p>{t(open.length ? 'help' : 'helpNone', { version: present.version })}</p>
      {open.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('title')}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('field')}</th>
                <th scope="col">{t('before')}</th>
                <th scope="col">{t('mine')}</th>
                <th scope="col">{t('theirs')}</th>
              </tr>
            </thead>
            <tbody>
              {open.map((clash) => (
                <ClashRow
                  key={clash.field}
                  clash={clash}
                  field={fieldOf(clash.field)}
                  say={say}
                  rows={rows}
                  chosen={chosen[clash.field]}
                  onChoose={(side) => setChosen({ ...chosen, [clash.field]: side })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <AlsoChanged changed={also} fieldOf={fieldOf} say={say} rows={rows} />
      {values && Object.keys(values).length === 0 && <p className="meta">{t('dropped')}</p>}
      <div className="action-bar">
        <Button type="primary" disabled={left > 0} loading={busy} onClick={save}>
          {t('retry')}
        </Button>
        <Button onClick={onBack}>{word('back')}</Button>
        {left > 0 && <span className="meta">{t('choose', { count: left })}</span>}
      </div>
    </section>
  )
}

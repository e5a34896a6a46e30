import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import { Pop } from '../parts/Pop'
import type { Field, Model } from '../wire'
import { shownColumns } from './columns'
import { listWords } from './words'

interface ChooserOf {
  model: Model
  chosen: string[]
  onChange: (columns: string[]) => void
}

/** Moves a column one place; out of range changes nothing. */
export function moved(columns: string[], key: string, by: -1 | 1): string[] {
  const at = columns.indexOf(key)
  const to = at + by
  if (at < 0 || to < 0 || to >= columns.length) return columns
  const next = [...columns]
  next.splice(to, 0, ...next.splice(at, 1))
  return next
}

interface LineOf {
  field: Field
  shown: string[]
  onChange: (columns: string[]) => void
}

function Line({ field, shown, onChange }: LineOf) {
  const t = useTexts(listWords)
  const said = useLabel()
  const at = shown.indexOf(field.key)
  const what = said(field.label)
  const toggle = () => onChange(at < 0 ? [...shown, field.key] : shown.filter((key) => key !== field.key))
  return (
    <li>
      <Checkbox checked={at >= 0} disabled={at >= 0 && shown.length === 1} onChange={toggle}>
        {what}
      </Checkbox>
      {at >= 0 && (
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined />}
          aria-label={t('moveUp', { what })}
          disabled={at === 0}
          onClick={() => onChange(moved(shown, field.key, -1))}
        />
      )}
      {at >= 0 && (
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined />}
          aria-label={t('moveDown', { what })}
          disabled={at === shown.length - 1}
          onClick={() => onChange(moved(shown, field.key, 1))}
        />
      )}
    </li>
  )
}

/** Which columns, in which order; the choice lives in the address, so it can be linked and saved as a view. */
export function ColumnChooser({ model, chosen, onChange }: ChooserOf) {
  const t = useTexts(listWords)
  const shown = shownColumns(model, chosen)
  const byKey = new Map(model.fields.map((field) => [field.key, field]))
  const lines = [...shown.map((key) => byKey.get(key)!), ...model.fields.filter((field) => !shown.includes(field.key))]
  return (
    <Pop label={t('columns')} name={t('columns')}>
      {() => (
        <>
          <ul className="pop-list">
            {lines.map((field) => (
              <Line key={field.key} field={field} shown={shown} onChange={onChange} />
            ))}
          </ul>
          <p className="meta">{t('columnsKeep')}</p>
          <div className="pop-foot">
            <Button size="small" onClick={() => onChange([])}>
              {t('columnsReset')}
            </Button>
          </div>
        </>
      )}
    </Pop>
  )
}

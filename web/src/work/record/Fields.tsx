import { useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import { Cell } from '../list/Cell'
import { headText, isEmpty, isMasked } from '../values'
import { useLang } from '../../shared/i18n'
import type { Dict, Field, Model, RecordAnswer, Values } from '../wire'
import { recordWords } from './words'

interface FieldsOf {
  model: Model
  answer: RecordAnswer
  revealed: Values
  onReveal?: ((fields: string[]) => void) | undefined
}

interface Group {
  title: string
  fields: Field[]
}

/** The declared groups; fields that none of them names follow at the end if filled in. English twins show in the place of their field. */
export function groupsOf(model: Model, record: Values, rest: string, said: (text: Model['label']) => string): Group[] {
  const byKey = new Map(model.fields.map((field) => [field.key, field]))
  const isTwin = (field: Field) => field.key.endsWith('_en') && byKey.has(field.key.slice(0, -3))
  const named = model.ui.form.groups.map((group) => ({
    title: said(group.title),
    fields: (group.all_fields ?? group.fields).flatMap((key) => byKey.get(key) ?? []).filter((field) => !isTwin(field)),
  }))
  const taken = new Set(named.flatMap((group) => group.fields.map((field) => field.key)))
  const others = model.fields.filter((field) => !taken.has(field.key) && !isTwin(field) && !isEmpty(record[field.key]))
  return [...named, { title: named.length ? rest : '', fields: others }].filter((group) => group.fields.length)
}

function Value({ field, model, answer, revealed, onReveal }: FieldsOf & { field: Field }) {
  const t = useTexts(recordWords)
  const shown = field.key in revealed
  const hidden = !shown && isMasked(field, answer.record, answer.masked)
  const row = shown ? { ...answer.record, [field.key]: revealed[field.key] } : answer.record
  return (
    <>
      <Cell field={field} row={row} dict={answer.dict as Dict} masked={hidden} model={model} />
      {hidden && onReveal && (
        <button type="button" className="reveal" onClick={() => onReveal([field.key])}>
          {t('reveal')}
        </button>
      )}
    </>
  )
}

const isLong = (field: Field, value: unknown): boolean =>
  field.kind === 'document' || field.kind === 'file' || (typeof value === 'string' && value.length > 40)

/** The record as its form groups it, for reading. */
export function Fields(props: FieldsOf) {
  const { model, answer } = props
  const t = useTexts(recordWords)
  const said = useLabel()
  const lang = useLang()
  return groupsOf(model, answer.record, t('rest'), said).map((group, index) => (
    <section key={index} className="fields">
      {group.title && <h3>{group.title}</h3>}
      <dl>
        {group.fields.map((field) => (
          <div key={field.key} data-long={isLong(field, answer.record[field.key]) || undefined}>
            <dt>{headText(field, lang)}</dt>
            <dd>
              <Value {...props} field={field} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ))
}

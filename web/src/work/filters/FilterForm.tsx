import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../shared/i18n'
import { conditionsOn, filterShape, type ListQuery, type Where } from '../list/query'
import { filterWords } from '../list/words'
import type { Dict, Field } from '../wire'
import { Choices, Days, Flags, PlaceChoice, Range, ReferenceChoice, Words, type ControlOf } from './controls'
import './filters.css'

type Presence = 'any' | 'missing' | 'filled'

const presenceOf = (draft: Where[]): Presence => {
  const found = draft.find((where) => where.op === 'missing')
  return found ? (found.value === 'false' ? 'filled' : 'missing') : 'any'
}

function Control(props: ControlOf) {
  if (props.field.kind === 'reference') return <ReferenceChoice {...props} />
  switch (filterShape(props.field)) {
    case 'choice':
      return <Choices {...props} />
    case 'range':
      return <Range {...props} />
    case 'days':
      return <Days {...props} />
    case 'place':
      return <PlaceChoice {...props} />
    case 'flag':
      return <Flags {...props} />
    case 'text':
      return <Words {...props} />
    default:
      return null
  }
}

/** Filled in or not: for every kind of field that may be empty. */
function PresenceChoice({ field, draft, onDraft }: ControlOf) {
  const t = useTexts(filterWords)
  const options = [
    { value: 'any', label: t('any') },
    { value: 'filled', label: t('filled') },
    { value: 'missing', label: t('missing') },
  ]
  const choose = (presence: Presence) =>
    onDraft(presence === 'any' ? [] : [{ field: field.key, op: 'missing', value: String(presence === 'missing') }])
  return (
    <Radio.Group
      className="presence"
      value={presenceOf(draft)}
      options={options}
      onChange={(event) => choose(event.target.value as Presence)}
    />
  )
}

interface FormOf {
  field: Field
  query: ListQuery
  dict: Dict | null | undefined
  onDone: (conditions: Where[]) => void
}

/** The conditions are tried out on a draft; only "apply" asks the server. */
export default function FilterForm({ field, query, dict, onDone }: FormOf) {
  const t = useTexts(filterWords)
  const [draft, setDraft] = useState(conditionsOn(query, field.key))
  return (
    <form
      className="filter-form"
      onSubmit={(event) => {
        event.preventDefault()
        onDone(draft)
      }}
    >
      {presenceOf(draft) !== 'missing' && <Control field={field} draft={draft} onDraft={setDraft} dict={dict} />}
      {!field.required && <PresenceChoice field={field} draft={draft} onDraft={setDraft} />}
      <div className="pop-foot">
        <Button size="small" onClick={() => onDone([])}>
          {t('clear')}
        </Button>
        <Button size="small" type="primary" htmlType="submit">
          {t('apply')}
        </Button>
      </div>
    </form>
  )
}

/** A form drawn from a JSON Schema: own layout, own controls, own messages; checked here, judged by the server. */
import Rjsf, { type IChangeEvent } from '@rjsf/core'
import type { RegistryWidgetsType, RJSFSchema, RJSFValidationError, TemplatesType } from '@rjsf/utils'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { FieldProblem } from '../../shared/api'
import { langNow } from '../../shared/i18n'
import type { Field, FormGroup, Values } from '../wire'
import type { DeskContext } from './context'
import { CaseControl, CaseToMergeControl } from './CaseControl'
import { CategoryControl } from './CategoryControl'
import { ClockControl } from './ClockControl'
import {
  AmountControl,
  ChoiceControl,
  DayControl,
  DocumentControl,
  LongTextControl,
  MomentControl,
  OfficesControl,
  PasswordControl,
  RadioChoiceControl,
  TextControl,
  YesNoControl,
} from './controls'
import { ErrorSummary } from './ErrorSummary'
import { FilesControl, PhotosControl } from './FilesControl'
import './form.css'
import { PickedControl } from './PickedControl'
import { PlaceControl } from './PlaceControl'
import { placed, toForm, toSend } from './problems'
import { ReferenceControl } from './ReferenceControl'
import { formSchema, uiFor, wishesIn } from './schema'
import type { Suggested } from './suggested'
import { FieldTemplate, ObjectTemplate } from './templates'
import { validatorIn } from './validator'

const Form = Rjsf<Values, RJSFSchema, DeskContext>
const validator = validatorIn<Values>(langNow)
const templates = { FieldTemplate, ObjectFieldTemplate: ObjectTemplate } as Partial<TemplatesType<Values, RJSFSchema, DeskContext>>
const widgets = {
  text: TextControl,
  textarea: LongTextControl,
  amount: AmountControl,
  yesNo: YesNoControl,
  choice: ChoiceControl,
  radioChoice: RadioChoiceControl,
  moment: MomentControl,
  day: DayControl,
  place: PlaceControl,
  reference: ReferenceControl,
  files: FilesControl,
  photos: PhotosControl,
  offices: OfficesControl,
  document: DocumentControl,
  password: PasswordControl,
  case: CaseControl,
  caseToMerge: CaseToMergeControl,
  category: CategoryControl,
  clock: ClockControl,
  picked: PickedControl,
} as unknown as RegistryWidgetsType<Values, RJSFSchema, DeskContext>

export interface SchemaFormOf {
  id: string
  schema: RJSFSchema
  fields: Field[]
  groups: FormGroup[]
  start: Values
  labels?: Record<string, string>
  suggested?: Record<string, Suggested>
  record?: Values
  problems?: FieldProblem[]
  onSubmit: (values: Values) => void
  onDirty?: () => void
}

const NONE = {}

/** A choice that nobody made is not filled in: rjsf would take the first option of each, and blanks where a list needs at least one. */
const NOTHING_CHOSEN = { constAsDefaults: 'never', arrayMinItems: { populate: 'never' } } as const

/** Moves the focus to the first control that is wrong, in the order of the page. */
function focusFirst(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const first = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input, [data-wrong] button')
    first?.scrollIntoView({ block: 'center' })
    first?.focus({ preventScroll: true })
  })
}

export default function SchemaForm({ id, schema, fields, groups, start, labels = {}, suggested = NONE, record, problems, onSubmit, onDirty }: SchemaFormOf) {
  const box = useRef<HTMLDivElement>(null)
  const keys = useMemo(() => fields.map((field) => field.key), [fields])
  const [data, setData] = useState<Values>(() => toForm(start, keys))
  const latest = useRef(data)
  const [found, setFound] = useState<RJSFValidationError[]>([])
  const [cleared, setCleared] = useState<string[]>([])

  const shape = useMemo(() => formSchema(schema, keys), [schema, keys])
  const ui = useMemo(() => uiFor(fields, wishesIn(schema)), [fields, schema])
  const context = useMemo<DeskContext>(
    () => ({ groups, labels, suggested, record, answers: () => latest.current, wide: fields.filter(isWide).map((field) => field.key) }),
    [groups, labels, suggested, record, fields],
  )
  const server = useMemo(
    () =>
      placed(
        (problems ?? []).filter((problem) => !cleared.includes(problem.field ?? '')),
        fields,
      ),
    [problems, fields, cleared],
  )
  useEffect(() => {
    setCleared([])
    if (problems?.length) focusFirst(box.current)
  }, [problems])

  const change = ({ formData }: IChangeEvent<Values, RJSFSchema, DeskContext>, field?: string) => {
    latest.current = formData ?? {}
    setData(latest.current)
    if (field) setCleared((names) => [...names, field.replace(`${id}_`, '')])
    onDirty?.()
  }
  const refused = (errors: RJSFValidationError[]) => {
    setFound(errors)
    focusFirst(box.current)
  }
  const accepted = () => {
    setFound([])
    onSubmit(toSend(data, keys, toForm(start, keys)))
  }
  return (
    <div ref={box} className="schema-form">
      <ErrorSummary form={id} found={found} others={server.others} fields={fields} />
      <Form
        id={id}
        idPrefix={id}
        schema={shape}
        uiSchema={ui}
        formData={data}
        formContext={context}
        validator={validator}
        templates={templates}
        widgets={widgets}
        experimental_defaultFormStateBehavior={NOTHING_CHOSEN}
        extraErrors={server.onFields}
        showErrorList={false}
        noHtml5Validate
        liveValidate={found.length > 0 ? 'onChange' : false}
        onChange={change}
        onSubmit={accepted}
        onError={refused}
      >
        <></>
      </Form>
    </div>
  )
}

const isWide = (field: Field): boolean => field.kind === 'longtext' || field.kind === 'file' || field.kind === 'document'

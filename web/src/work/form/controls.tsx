/** Controls for plain values. Each is tied to its label, help and error, and speaks in undefined when it is empty. */
import { Input, InputNumber, Radio } from 'antd'
import { useSaid, useTexts } from '../../shared/i18n'
import { momentText } from '../values'
import { Choose } from './Choose'
import { fieldOf, tied, type Control } from './context'
import { Suggestion } from './Suggestion'
import { formWords } from './words'

const orNothing = (text: string): string | undefined => (text === '' ? undefined : text)

export function TextControl(control: Control) {
  const { value, onChange, schema, disabled, readonly } = control
  return (
    <Input
      {...tied(control)}
      value={(value as string | undefined) ?? ''}
      maxLength={schema.maxLength}
      disabled={disabled || readonly}
      onChange={(event) => onChange(orNothing(event.target.value))}
    />
  )
}

export function LongTextControl(control: Control) {
  const { value, onChange, schema, disabled, readonly } = control
  return (
    <Input.TextArea
      {...tied(control)}
      value={(value as string | undefined) ?? ''}
      maxLength={schema.maxLength}
      rows={3}
      disabled={disabled || readonly}
      onChange={(event) => onChange(orNothing(event.target.value))}
    />
  )
}

/** A number or an amount, with its unit at the end. Limits are judged on submit: a control that refuses keys explains nothing. */
export function AmountControl(control: Control) {
  const { value, onChange, schema, disabled, readonly } = control
  const said = useSaid()
  const unit = said(fieldOf(control)?.unit)
  const whole = schema.type === 'integer' ? { precision: 0 } : {}
  return (
    <InputNumber<number>
      {...tied(control)}
      {...whole}
      className="wide-control"
      value={(value as number | undefined) ?? null}
      controls={false}
      changeOnWheel={false}
      suffix={unit || undefined}
      disabled={disabled || readonly}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

export function YesNoControl(control: Control) {
  const { value, onChange, id, disabled, readonly } = control
  const t = useTexts(formWords)
  const options = [
    { value: true, label: t('yes') },
    { value: false, label: t('no') },
  ]
  return (
    <Radio.Group
      {...tied(control)}
      aria-labelledby={`${id}__label`}
      value={value}
      options={options}
      disabled={disabled || readonly}
      onChange={(event) => onChange(event.target.value as boolean)}
    />
  )
}

const SEARCH_FROM = 9

export function ChoiceControl(control: Control) {
  const { value, onChange, options, schema, disabled, readonly } = control
  const t = useTexts(formWords)
  const choices = (options.enumOptions ?? []).map((option) => ({ value: option.value as string, label: option.label }))
  const multiple = schema.type === 'array'
  return (
    <Choose
      {...tied(control)}
      className="wide-control"
      value={(value as string | undefined) ?? null}
      options={choices}
      allowClear={!control.required}
      placeholder={t('choose')}
      disabled={disabled || readonly}
      {...(multiple ? { mode: 'multiple' as const } : {})}
      {...(choices.length >= SEARCH_FROM ? { showSearch: { optionFilterProp: 'label' } } : {})}
      onChange={(next: string | null) => onChange(next ?? undefined)}
    />
  )
}

/** One organisation, or several, found by typing. */
export function OfficesControl(control: Control) {
  const { value, onChange, options, schema, disabled, readonly } = control
  const t = useTexts(formWords)
  const said = useSaid()
  const known = fieldOf(control)?.options
  const choices = known?.length
    ? known.map((option) => ({ value: option.value, label: said(option.label) }))
    : (options.enumOptions ?? []).map((option) => ({ value: option.value as string, label: option.label }))
  const multiple = schema.type === 'array'
  return (
    <>
      <Choose<string | string[]>
        {...tied(control)}
        className="wide-control"
        value={(value as string | string[] | undefined) || (multiple ? [] : null)}
        options={choices}
        allowClear={!control.required}
        placeholder={t('choose')}
        disabled={disabled || readonly}
        {...(multiple ? { mode: 'multiple' as const } : {})}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(next) => onChange(next === null || next.length === 0 ? undefined : next)}
      />
      <Suggestion
        suggested={control.registry.formContext.suggested[fieldOf(control)?.key ?? '']}
        value={value}
        multiple={multiple}
        nameOf={(key) => choices.find((choice) => choice.value === key)?.label ?? key}
        onTake={onChange}
      />
    </>
  )
}

export function RadioChoiceControl(control: Control) {
  const { value, onChange, id, options, disabled, readonly } = control
  const choices = (options.enumOptions ?? []).map((option) => ({ value: option.value as string, label: option.label }))
  return (
    <Radio.Group
      {...tied(control)}
      aria-labelledby={`${id}__label`}
      value={value}
      options={choices}
      disabled={disabled || readonly}
      onChange={(event) => onChange(event.target.value as string)}
    />
  )
}

/** The browser's own date control: it speaks to keyboards and screen readers, and weighs nothing. */
export function DayControl(control: Control) {
  const { value, onChange, disabled, readonly } = control
  return (
    <Input
      {...tied(control)}
      type="date"
      max="9999-12-31"
      value={(value as string | undefined) ?? ''}
      disabled={disabled || readonly}
      onChange={(event) => onChange(orNothing(event.target.value))}
    />
  )
}

/** The wall clock of the district, whatever the zone of the computer. */
export const wallClock = (moment: string): string => momentText(moment).replace(' ', 'T')
export const fromWallClock = (wall: string): string => `${wall}:00+08:00`

export function MomentControl(control: Control) {
  const { value, onChange, disabled, readonly } = control
  const change = (wall: string) => onChange(wall ? fromWallClock(wall) : undefined)
  return (
    <Input
      {...tied(control)}
      type="datetime-local"
      max="9999-12-31T23:59"
      value={value ? wallClock(value as string) : ''}
      disabled={disabled || readonly}
      onChange={(event) => change(event.target.value)}
    />
  )
}

export function PasswordControl(control: Control) {
  const { value, onChange } = control
  return (
    <Input.Password
      {...tied(control)}
      value={(value as string | undefined) ?? ''}
      onChange={(event) => onChange(orNothing(event.target.value))}
    />
  )
}

/** A structure without columns of its own is shown, not edited by hand. */
export function DocumentControl({ value, id }: Control) {
  return (
    <output id={id} className="document-value num">
      {value === undefined || value === null ? '—' : JSON.stringify(value)}
    </output>
  )
}

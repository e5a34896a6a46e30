/** One of the clocks that run for the case, each with its end. */
import { useTexts } from '../../shared/i18n'
import { useClocks } from '../cases/api'
import { useLabel } from '../labels'
import { momentText } from '../values'
import type { Id } from '../wire'
import { Choose } from './Choose'
import { tied, type Control } from './context'
import { formWords } from './words'

export function ClockControl(control: Control) {
  const { value, onChange, disabled, readonly } = control
  const t = useTexts(formWords)
  const label = useLabel()
  const clocks = useClocks(control.registry.formContext.record?.['id'] as Id)
  const running = clocks.data?.rows.filter(({ ended_at, met_at }) => !ended_at && !met_at) ?? []
  const options = running.map(({ key, label: name, due_at }) => ({
    value: key,
    label: due_at ? t('clockDue', { name: label(name), due: momentText(due_at) }) : label(name),
  }))
  return (
    <Choose
      {...tied(control)}
      className="wide-control"
      value={(value as string | undefined) || null}
      options={options}
      allowClear
      placeholder={t('clockFirst')}
      loading={clocks.isPending}
      disabled={disabled || readonly}
      onChange={(next: string | null) => onChange(next ?? undefined)}
    />
  )
}

import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { said, useTexts } from '../../shared/i18n'
import { PlacePicker } from '../parts/PlacePicker'
import { usePathTo } from '../places'
import { fieldOf, type Control } from './context'
import { ValuePop } from './ValuePop'
import { formWords } from './words'

/** A place, shown with the way to it, chosen by name or step by step. */
export function PlaceControl(control: Control) {
  const { onChange, disabled, readonly, label, required } = control
  const value = (control.value as string | undefined) ?? ''
  const t = useTexts(formWords)
  const path = usePathTo(value).data
  const known = control.registry.formContext.labels[fieldOf(control)?.key ?? '']
  const shown =
    (value &&
      path
        ?.map((place) => said(place.name))
        .slice(1)
        .join(' / ')) ||
    (value && (known ?? value)) ||
    t('choose')
  if (disabled || readonly) return <output id={control.id}>{shown}</output>
  return (
    <div className="place-control">
      <ValuePop control={control} shown={shown} empty={!value}>
        {(close) => (
          <PlacePicker
            value={value}
            onChoose={({ code }) => {
              onChange(code)
              close()
            }}
          />
        )}
      </ValuePop>
      {value && !required && (
        <Button type="text" icon={<CloseOutlined />} aria-label={`${t('clear')} ${label}`} onClick={() => onChange(undefined)} />
      )}
    </div>
  )
}

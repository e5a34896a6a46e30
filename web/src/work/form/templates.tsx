/** How a form is laid out: declared groups, a label above each control, help and error beneath it. */
import type { FieldTemplateProps, ObjectFieldTemplateProps, RJSFSchema } from '@rjsf/utils'
import { useSaid, useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { useLabel } from '../labels'
import type { Field, Values } from '../wire'
import { errorId, helpId, type DeskContext } from './context'
import { formWords } from './words'

type FieldParts = FieldTemplateProps<Values, RJSFSchema, DeskContext>
type ObjectParts = ObjectFieldTemplateProps<Values, RJSFSchema, DeskContext>

const GROUPED = new Set(['yesNo', 'radioChoice', 'files', 'photos'])

function Help({ id, text }: { id: string; text: string }) {
  return (
    <div className="field-help" id={helpId(id)}>
      {text}
    </div>
  )
}

function Wrong({ id, messages }: { id: string; messages: string[] | undefined }) {
  if (!messages?.length) return null
  return (
    <div className="field-error" id={errorId(id)}>
      <Mark status="breach" />
      {messages[0]}
    </div>
  )
}

export function FieldTemplate({ id, label, children, rawErrors, rawDescription, required, hidden, schema, uiSchema }: FieldParts) {
  const t = useTexts(formWords)
  const said = useSaid()
  const headedLabel = useLabel()
  if (hidden || schema.type === 'object') return children
  const field = (uiSchema?.['ui:options'] as { field?: Field } | undefined)?.field
  const Label = GROUPED.has(String(uiSchema?.['ui:widget'])) ? 'span' : 'label'
  const unit = said(field?.unit)
  return (
    <div className="field" data-wrong={rawErrors?.length ? true : undefined}>
      <Label {...(Label === 'label' ? { htmlFor: id } : {})} id={`${id}__label`} className="field-label">
        {required && (
          <b className="needed" title={t('required')}>
            <span aria-hidden="true">*</span>
            <span className="sr-only">{t('required')}</span>
          </b>
        )}
        {field ? headedLabel(field.label) : label}
        {unit && <i className="sr-only">{t('unit', { unit })}</i>}
      </Label>
      {children}
      <Wrong id={id} messages={rawErrors} />
      <Help id={id} text={said(field?.help) || String(rawDescription ?? '')} />
    </div>
  )
}

/** Fields that no group names still have to be filled in: they follow at the end. */
export function ObjectTemplate({ properties, registry, fieldPathId }: ObjectParts) {
  const said = useLabel()
  const nested = fieldPathId.path.length > 0
  const groups = nested ? [] : registry.formContext.groups
  const named = new Set(groups.flatMap((group) => group.fields))
  const rest = properties.filter((property) => !named.has(property.name))
  const contentOf = (name: string) => properties.find((property) => property.name === name)?.content
  return (
    <>
      {groups.map((group, index) => {
        const shown = group.fields.filter((name) => contentOf(name))
        if (!shown.length) return null
        const title = said(group.title)
        return (
          <fieldset key={index} className="form-group" data-cols={group.cols ?? 2}>
            {title && <legend>{title}</legend>}
            {shown.map((name) => (
              <div key={name} className="form-cell" data-widget={String(registry.formContext['wide']?.includes(name) ? 'wide' : '')}>
                {contentOf(name)}
              </div>
            ))}
          </fieldset>
        )
      })}
      {rest.length > 0 && (
        <div className="form-group" data-cols={nested ? 1 : 2}>
          {rest.map((property) => (
            <div key={property.name} className="form-cell">
              {property.content}
            </div>
          ))}
        </div>
      )}
    </>
  )
}

/** What the form tells its templates and controls beside schema and value. */
import type { FormContextType, Registry, RJSFSchema, WidgetProps } from '@rjsf/utils'
import type { Field, FormGroup, Values } from '../wire'
import type { Suggested } from './suggested'

export interface DeskContext extends FormContextType {
  groups: FormGroup[]
  labels: Record<string, string>
  suggested: Record<string, Suggested>
  /** The record that is acted on, for controls that choose among what belongs to it. */
  record?: Values | undefined
  /** All that the form says at this moment, for controls whose choices hang on it. */
  answers: () => Values
}
export type Control = WidgetProps<Values, RJSFSchema, DeskContext>
export type DeskRegistry = Registry<Values, RJSFSchema, DeskContext>

export const errorId = (id: string): string => `${id}__error`
export const helpId = (id: string): string => `${id}__help`

/** Attributes that tie a control to its help and its error. */
export function tied({ id, rawErrors, required }: Pick<Control, 'id' | 'rawErrors' | 'required'>) {
  const wrong = Boolean(rawErrors?.length)
  return {
    id,
    'aria-invalid': wrong || undefined,
    'aria-required': required || undefined,
    'aria-describedby': `${wrong ? `${errorId(id)} ` : ''}${helpId(id)}`,
  }
}

export const fieldOf = (control: Control): Field => (control.options as unknown as { field: Field }).field

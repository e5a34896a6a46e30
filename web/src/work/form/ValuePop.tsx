import type { ReactNode } from 'react'
import { Pop } from '../parts/Pop'
import { tied, type Control } from './context'

/** What is chosen now, and over it what chooses another: a value that is looked up in a tree. */
export function ValuePop({ control, shown, empty, children }: { control: Control; shown: string; empty: boolean; children: (close: () => void) => ReactNode }) {
  const { 'aria-describedby': describedBy, 'aria-invalid': invalid } = tied(control)
  return (
    <Pop
      id={control.id}
      label={
        <span className="place-value" data-empty={empty || undefined}>
          {shown}
        </span>
      }
      name={control.label}
      wide
      describedBy={describedBy}
      invalid={Boolean(invalid)}
    >
      {children}
    </Pop>
  )
}

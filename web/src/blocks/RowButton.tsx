/** A row that can be pressed when the panel drills, and is plain text when it does not. */
import type { CSSProperties, ReactNode } from 'react'
import type { Row } from '../shared/spec'
import type { BlockProps } from './types'

export const TARGET_PX = 24

interface Props extends Pick<BlockProps, 'drill' | 'picked'> {
  row: Row
  className: string
  children: ReactNode
  style?: CSSProperties
  status?: string | undefined
  /**
   * Rows lower than a finger can hit are no buttons: they still take the mouse, and the table behind "see data" has the
   * same drill in full size.
   */
  dense?: boolean
}

export function RowButton({ row, drill, picked, className, children, style, status, dense = false }: Props) {
  const shared = { className, style, 'data-status': status }
  if (!drill) return <div {...shared}>{children}</div>
  if (dense)
    return (
      <div {...shared} data-press="" aria-current={picked(row) || undefined} onClick={() => drill(row)}>
        {children}
      </div>
    )
  return (
    <button type="button" {...shared} aria-pressed={picked(row)} onClick={() => drill(row)}>
      {children}
    </button>
  )
}

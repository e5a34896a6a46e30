/** A row that can be pressed when the panel drills, and is plain text when it does not. */
import type { CSSProperties, ReactNode } from 'react'
import type { Row } from '../shared/spec'
import type { BlockProps } from './types'

interface Props extends Pick<BlockProps, 'drill' | 'picked'> {
  row: Row
  className: string
  children: ReactNode
  style?: CSSProperties
  status?: string | undefined
}

export function RowButton({ row, drill, picked, className, children, style, status }: Props) {
  const shared = { className, style, 'data-status': status }
  if (!drill) return <div {...shared}>{children}</div>
  return <button type="button" {...shared} aria-pressed={picked(row)} onClick={() => drill(row)}>{children}</button>
}

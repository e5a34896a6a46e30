/** What every block gets, and what it may say about itself. */
import type { ComponentType } from 'react'
import type { Envelope, Panel, Row } from '../shared/spec'

export interface BlockProps {
  panel: Panel
  envelope: Envelope
  /** What a click on a row does; missing when the panel declares no drill. */
  drill?: ((row: Row) => void) | undefined
  /** Is this row what the scope of the page shows now? */
  picked: (row: Row) => boolean
}

export type Block = ComponentType<BlockProps>

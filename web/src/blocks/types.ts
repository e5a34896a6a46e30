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
  /** Are the figures older than they should be? A panel says so in its header; a block without one has to say it itself. */
  stale?: boolean
}

export type Block = ComponentType<BlockProps>

/** What every view of the desk gets. */
import type { Id, Model, Row } from '../wire'
import type { Desk } from './desk'

export interface ViewOf {
  model: Model
  desk: Desk
  show: (change: Partial<Desk>) => void
  picked: ReadonlyMap<Id, unknown>
  onPick: (row: Row) => void
  onStep: (row: Row) => void
}

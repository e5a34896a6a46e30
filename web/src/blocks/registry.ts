/** Which block draws which kind of panel. */
import { BarBlock } from './Bar'
import { Chart } from './Chart'
import { Embed } from './Embed'
import { Heat } from './Heat'
import { Kpi } from './Kpi'
import { List } from './List'
import { Matrix } from './Matrix'
import { Pipeline } from './Pipeline'
import { Progress } from './Progress'
import { Table } from './Table'
import { TextBlock } from './TextBlock'
import type { Block } from './types'
import { Unsupported } from './Unsupported'

const BLOCKS: Readonly<Record<string, Block>> = {
  kpi: Kpi,
  matrix: Matrix,
  line: Chart,
  column: Chart,
  stack: Chart,
  bar: BarBlock,
  heat: Heat,
  pipeline: Pipeline,
  list: List,
  table: Table,
  text: TextBlock,
  progress: Progress,
  embed: Embed,
}

export const blockOf = (kind: string): Block => BLOCKS[kind] ?? Unsupported
export const knownKinds = (): string[] => Object.keys(BLOCKS)

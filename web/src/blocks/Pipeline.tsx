/** The stock of a lifecycle: how many are in each stage now, and how many of them are late. */
import { useRef, type CSSProperties } from 'react'
import { byFormat, span } from '../shared/format'
import { texts, useLang, useTexts } from '../shared/i18n'
import { useRem } from '../shared/rem'
import type { Envelope, Lang, Panel, Row } from '../shared/spec'
import { Mark } from '../shared/Status'
import { longestWord, widthOf } from './names'
import { RowButton, TARGET_PX } from './RowButton'
import { amount, word } from './rows'
import { Rows } from './Rows'
import type { BlockProps } from './types'
import { useRoom } from './useRoom'

const words = texts({ late: ['逾期', 'overdue'], mean: ['均 {time}', 'mean {time}'] })

export interface Stage {
  row: Row
  name: string
  count: number
  late: number | null
  hours: number | null
  height: number
}

/** Stages in the order of the lifecycle, with the height of their bar in percent of the tallest. */
export function stagesOf(panel: Panel, envelope: Envelope, lang: Lang): Stage[] {
  const { stage = 'stage', value = 'value', overdue, time } = panel.encode ?? {}
  const most = Math.max(1, ...envelope.rows.map((row) => amount(row, value) ?? 0))
  return envelope.rows.map((row) => {
    const count = amount(row, value) ?? 0
    return {
      row,
      name: word(envelope, row, stage, lang),
      count,
      late: amount(row, overdue),
      hours: amount(row, time),
      height: (count / most) * 100,
    }
  })
}

function Late({ stage }: { stage: Stage }) {
  const t = useTexts(words)
  if (stage.hours !== null) return <span className="stage-note">{t('mean', { time: span(stage.hours) })}</span>
  if (!stage.late) return null
  return (
    <span className="stage-note" data-late>
      <Mark status="breach" size="0.7em" />
      <span className="sr-only">{t('late')}</span>
      <span className="num">{stage.late}</span>
    </span>
  )
}

const GAP_PX = 6
const NAME_PX = 14

/** Is there room for the longest word of all names below its column? Names go over two lines, words do not. */
export const fitsAcross = (stages: readonly Stage[], width: number, rem: number): boolean =>
  width / stages.length - GAP_PX >= Math.max(...stages.map((stage) => longestWord(stage.name))) * NAME_PX * rem

/** Columns side by side; where names would not fit below them, rows under each other. */
export function Pipeline({ panel, envelope, drill, picked }: BlockProps) {
  const lang = useLang()
  const box = useRef<HTMLDivElement>(null)
  const room = useRoom(box)
  const rem = useRem()
  const stages = stagesOf(panel, envelope, lang)
  const rows = room !== null && !fitsAcross(stages, room.width, rem)
  const tall = room !== null && !rows && stages.some((stage) => widthOf(stage.name) * NAME_PX * rem > room.width / stages.length - GAP_PX)
  const dense = rows && room.height < stages.length * TARGET_PX * Math.max(1, rem)
  return (
    <Rows className="pipeline" box={box} data-rows={rows || undefined} data-tall={tall || undefined} data-dense={dense || undefined}>
      {stages.map((stage, index) => (
        <li key={index}>
          <RowButton row={stage.row} drill={drill} picked={picked} className="stage" dense={dense}>
            <b className="num">{byFormat(stage.count, 'int')}</b>
            <span
              className="stage-bar"
              style={
                {
                  '--part': `${stage.height}%`,
                  '--late': stage.count ? `${((stage.late ?? 0) / stage.count) * 100}%` : '0%',
                } as CSSProperties
              }
            >
              <span className="stage-stock">{stage.late ? <span className="stage-late" /> : null}</span>
            </span>
            <span className="stage-name" title={stage.name}>{stage.name}</span>
            <Late stage={stage} />
          </RowButton>
        </li>
      ))}
    </Rows>
  )
}

/** Targets with a number: how far they are, and where they should be by now. */
import { byFormat } from '../shared/format'
import { texts, useLang, useTexts } from '../shared/i18n'
import type { Envelope, Lang, Panel, Row, Status } from '../shared/spec'
import { Mark } from '../shared/Status'
import { RowButton } from './RowButton'
import { Rows } from './Rows'
import { amount, hasStatus, sorted, statusAt, word } from './rows'
import type { BlockProps } from './types'

const words = texts({ of: ['{done} / {planned} {unit}', '{done} of {planned} {unit}'], due: ['应达 {share}%', 'due {share}%'] })

export interface Target {
  row: Row
  name: string
  done: number | null
  planned: number | null
  unit: string
  share: number
  due: number | null
  status: Status | null
}

const within = (share: number): number => Math.max(0, Math.min(1, share))

/** Each target with its share done and its share due, both from 0 to 1. */
export function targetsOf(panel: Panel, envelope: Envelope, lang: Lang): Target[] {
  const {
    title,
    label,
    planned = 'planned_value',
    done = 'done_value',
    due = 'due_share',
    unit = 'unit',
    value,
    status = 'status',
  } = panel.encode ?? {}
  return sorted(envelope.rows, panel.encode).map((row) => {
    const [reached, plan] = [amount(row, done), amount(row, planned)]
    const dueShare = amount(row, due)
    const share = amount(row, value) ?? (plan ? (reached ?? 0) / plan : 0)
    return {
      row,
      name: word(envelope, row, title ?? label ?? 'title', lang),
      done: reached,
      planned: plan,
      unit: word(envelope, row, unit, lang),
      share: within(share),
      due: dueShare === null ? null : within(dueShare),
      status: hasStatus(row, status) ? statusAt(row, status) : null,
    }
  })
}

function Amounts({ target }: { target: Target }) {
  const t = useTexts(words)
  if (target.planned === null) return <span className="num">{byFormat(target.share, 'percent')}</span>
  return <span className="num">{t('of', { done: byFormat(target.done), planned: byFormat(target.planned), unit: target.unit })}</span>
}

export function Progress({ panel, envelope, drill, picked }: BlockProps) {
  const lang = useLang()
  const t = useTexts(words)
  return (
    <Rows className="progress">
      {targetsOf(panel, envelope, lang).map((target, index) => (
        <li key={index}>
          <RowButton row={target.row} drill={drill} picked={picked} className="progress-row" status={target.status ?? undefined}>
            <span className="progress-name" title={target.name}>
              {target.status && target.status !== 'ok' && <Mark status={target.status} />}
              {target.name}
            </span>
            <span className="progress-amount">
              <Amounts target={target} />
            </span>
            <span
              className="progress-track"
              title={target.due === null ? undefined : t('due', { share: byFormat(target.due * 100, 'int') })}
            >
              <span className="progress-done" style={{ width: `${target.share * 100}%` }} />
              {target.due !== null && <span className="progress-due" style={{ left: `${target.due * 100}%` }} />}
            </span>
          </RowButton>
        </li>
      ))}
    </Rows>
  )
}

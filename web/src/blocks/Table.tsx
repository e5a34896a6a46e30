/** A plain table of the declared columns; the first one drills. */
import { useLang, useSaid } from '../shared/i18n'
import type { Envelope, Panel, Row } from '../shared/spec'
import { readStatus, StatusTag } from '../shared/Status'
import { useColumns } from './columns'
import type { Ends } from './cut'
import { bottomIn, Rows } from './Rows'
import { word } from './rows'
import type { BlockProps } from './types'

const SHORT = 8
/** A number such as 260911-QSMWPM, which is not to be broken at its dash. */
const CODE = /^[\w.-]{1,16}$/

const rowEnds: Ends = (list) => [...list.querySelectorAll('tbody > tr')].map((row) => bottomIn(list, row.getBoundingClientRect()))

interface CellProps {
  row: Row
  name: string
  envelope: Envelope
  panel: Panel
}

function Cell({ row, name, envelope, panel }: CellProps) {
  const lang = useLang()
  const value = row[name]
  const text = word(envelope, row, name, lang, name === panel.encode?.value ? panel.format : null)
  const status = name === (panel.encode?.status ?? 'status') ? readStatus(value) : null
  if (status) return <StatusTag status={status}>{envelope.dict?.[name] ? text : undefined}</StatusTag>
  // A grade or a short name broken over three lines makes every row three lines high.
  const kept = text.length <= SHORT || CODE.test(text) ? 'short' : undefined
  return <span className={typeof value === 'number' ? 'num' : kept}>{text}</span>
}

export function Table({ panel, envelope, drill, picked }: BlockProps) {
  const said = useSaid()
  const columns = useColumns(panel, envelope)
  return (
    <Rows as="div" ends={rowEnds} className="table-box" role="region" aria-label={said(panel.title)} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-number={column.isNumber || undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {envelope.rows.map((row, line) => (
            <tr key={line} aria-current={picked(row) || undefined}>
              {columns.map((column, index) => (
                <td key={column.key} data-number={column.isNumber || undefined}>
                  {index === 0 && drill ? (
                    <button type="button" className="link" onClick={() => drill(row)}>
                      <Cell row={row} name={column.key} envelope={envelope} panel={panel} />
                    </button>
                  ) : (
                    <Cell row={row} name={column.key} envelope={envelope} panel={panel} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Rows>
  )
}

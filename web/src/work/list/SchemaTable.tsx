import { Table } from 'antd'
import type { SorterResult } from 'antd/es/table/interface'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { useLang, useSaid, useTexts } from '../../shared/i18n'
import type { Model, Row, Rows } from '../wire'
import { columnsFor, shownColumns, widthNeeded } from './columns'
import { sortText } from './query'
import { listWords } from './words'

interface TableOf {
  model: Model
  data: Rows | undefined
  columns: string[]
  sort: string
  loading: boolean
  selected?: string | undefined
  empty: React.ReactNode
  addressOf: (row: Row) => string
  onSort?: (sort: string) => void
}

/** A thin layer over antd's table: what a column is comes from the model, what a row does from the page. */
export function SchemaTable({ model, data, columns, sort, loading, selected, empty, addressOf, onSort }: TableOf) {
  const t = useTexts(listWords)
  const said = useSaid()
  const lang = useLang()
  const go = useNavigate()
  const sortable = onSort !== undefined
  const shown = useMemo(
    () => columnsFor({ model, sortable, keys: shownColumns(model, columns), sort, dict: data?.dict, masked: data?.masked ?? [], lang, addressOf }),
    [model, sortable, columns, sort, data?.dict, data?.masked, lang, addressOf],
  )
  const sorted = (sorter: SorterResult<Row> | SorterResult<Row>[]) => {
    const one = Array.isArray(sorter) ? sorter[0] : sorter
    onSort?.(sortText(String(one?.columnKey ?? ''), one?.order))
  }
  const open = (event: React.MouseEvent, row: Row) => {
    const onControl = event.target instanceof Element && event.target.closest('a, button')
    if (!onControl && !getSelection()?.toString()) void go(addressOf(row))
  }
  return (
    <Table<Row>
      className="schema-table"
      size="medium"
      rowKey="id"
      aria-label={t('table', { label: said(model.label) })}
      columns={shown}
      dataSource={data?.rows ?? []}
      loading={loading}
      pagination={false}
      tableLayout="fixed"
      scroll={{ x: widthNeeded(shown) }}
      showSorterTooltip={false}
      locale={{ emptyText: empty }}
      rowClassName={(row) => (String(row.id) === selected ? 'ant-table-row-selected' : '')}
      onRow={(row) => ({ onClick: (event) => open(event, row), 'aria-current': String(row.id) === selected ? 'true' : undefined })}
      onChange={(_pages, _filters, sorter) => sorted(sorter)}
    />
  )
}

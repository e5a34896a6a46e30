import { Button } from 'antd'
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { useLabel } from '../labels'
import { LinkButton } from '../parts/LinkButton'
import { importPath, listAddress, newPath, recordAddress } from '../paths'
import { BeginHere } from '../record/Begin'
import { useCount, useRows } from '../records'
import { useKey } from '../shell/shortcuts'
import { momentText } from '../values'
import type { Model, Row } from '../wire'
import { ColumnChooser } from './ColumnChooser'
import { Export } from './Export'
import { Facets } from './Facets'
import { FilterBar } from './FilterBar'
import { Pager } from './Pager'
import { emptyQuery, isNarrowed, toUrl, type ListQuery } from './query'
import { SchemaTable } from './SchemaTable'
import { useListQuery } from './useListQuery'
import { Views } from './Views'
import { listWords } from './words'

interface ListOf {
  model: Model
  selected?: string
}

/** 共 86 条, or an honest "more than" when the server stopped counting. */
function useCounted(model: Model, query: ListQuery): string {
  const t = useTexts(listWords)
  const { data } = useCount(model.name, query)
  return data ? t(data.capped ? 'capped' : 'count', { count: number(data.count, 0) }) : ''
}

function Head({ model, query, onChange }: { model: Model; query: ListQuery; onChange: (query: ListQuery) => void }) {
  const t = useTexts(listWords)
  const said = useSaid()
  const heading = useLabel()
  const label = said(model.label)
  const counted = useCounted(model, query)
  return (
    <header className="list-head">
      <h1>{heading(model.label)}</h1>
      <span className="count" role="status">
        {counted}
      </span>
      <div className="list-tools">
        <Views entity={model.name} query={query} />
        <ColumnChooser model={model} chosen={query.columns} onChange={(columns) => onChange({ ...query, columns })} />
        {model.may.export && <Export model={model} query={query} counted={counted} />}
        {model.may.import && <LinkButton to={importPath(model.name)}>{t('import')}</LinkButton>}
        <BeginHere model={model} />
        {model.may.create && (
          <LinkButton to={newPath(model.name)} type="primary">
            {t('create', { label })}
          </LinkButton>
        )}
      </div>
    </header>
  )
}

function Nothing({ model, query, onChange }: { model: Model; query: ListQuery; onChange: (query: ListQuery) => void }) {
  const t = useTexts(listWords)
  const said = useSaid()
  const label = said(model.label)
  if (query.after)
    return (
      <p className="nothing">
        {t('emptyPage')}{' '}
        <Button type="link" onClick={() => onChange({ ...query, after: '' })}>
          {t('first')}
        </Button>
      </p>
    )
  if (!isNarrowed(query)) return <p className="nothing">{t('empty', { label })}</p>
  return (
    <p className="nothing">
      {t('emptyNarrow', { label })}{' '}
      <Button type="link" onClick={() => onChange({ ...emptyQuery, columns: query.columns })}>
        {t('clear')}
      </Button>
    </p>
  )
}

/** j and k walk through the rows; n opens the form for a new record. */
function useWalk(model: Model, rows: Row[], selected: string | undefined, addressOf: (row: Row) => string): void {
  const go = useNavigate()
  const at = rows.findIndex((row) => String(row.id) === selected)
  const step = (by: number) => {
    const row = rows[at < 0 ? 0 : at + by]
    if (row) void go(addressOf(row))
  }
  useKey('j', () => step(1))
  useKey('k', () => step(-1))
  useKey('n', model.may.create ? () => void go(newPath(model.name)) : undefined)
}

export function ListView({ model, selected }: ListOf) {
  const t = useTexts(listWords)
  const go = useNavigate()
  const { query, show, forward, back, page } = useListQuery()
  const rows = useRows(model.name, { ...query, sort: query.sort || model.ui.table.sort || '' })
  const search = toUrl(query).toString()
  const addressOf = useCallback((row: Row) => `${recordAddress(model.name, row.id)}${search ? `?${search}` : ''}`, [model.name, search])
  useWalk(model, rows.data?.rows ?? [], selected, addressOf)
  const change = (next: ListQuery) => (selected ? void go(listAddress(model.name, next)) : show(next))
  const nothing = rows.isPending ? <Skeleton lines={6} /> : <Nothing model={model} query={query} onChange={change} />
  return (
    <div className="page list-page">
      <Head model={model} query={query} onChange={show} />
      <Facets model={model} query={query} onChange={change} />
      <FilterBar model={model} query={query} dict={rows.data?.dict} onChange={change} />
      {rows.isError ? (
        <Failed error={rows.error} again={() => void rows.refetch()} />
      ) : (
        <div className="sheet clipped" aria-busy={rows.isFetching}>
          <SchemaTable
            model={model}
            data={rows.data}
            columns={query.columns}
            sort={query.sort || (model.ui.table.sort ?? '')}
            selected={selected}
            loading={rows.isPlaceholderData}
            empty={nothing}
            addressOf={addressOf}
            onSort={(sort) => change({ ...query, sort, after: '' })}
          />
        </div>
      )}
      <Pager
        hasBack={page > 1 || query.after !== ''}
        next={rows.data?.next ?? null}
        onBack={back}
        onForward={forward}
        note={rows.data?.as_of ? t('asOf', { time: momentText(rows.data.as_of) }) : ''}
      />
    </div>
  )
}

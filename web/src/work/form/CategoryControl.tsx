/** A branch of the tree of categories: by its words, or step by step, with the way down to it and the office that answers for it. */
import { Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useLang, useSaid, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import '../parts/place.css'
import { momentText } from '../values'
import { childrenOf, inForce, named, nameOf, officeOf, parentOf, pathTo, useCategories, type Category } from './categories'
import type { Control } from './context'
import './pick.css'
import { ValuePop } from './ValuePop'
import { formWords } from './words'

interface TreeOf {
  rows: Category[]
  value: string
  start: string
  onChoose: (code: string) => void
}

const joinedNames = (path: Category[], lang: 'zh' | 'en'): string => path.map((one) => nameOf(one, lang)).join(' / ')

function Line({ rows, row, value, long, onChoose, onGo }: Omit<TreeOf, 'start'> & { row: Category; long: boolean; onGo: (code: string) => void }) {
  const t = useTexts(formWords)
  const said = useSaid()
  const lang = useLang()
  const office = said(officeOf(rows, row.code))
  return (
    <li>
      <button type="button" aria-pressed={row.code === value} onClick={() => onChoose(row.code)}>
        {long ? joinedNames(pathTo(rows, row.code), lang) : nameOf(row, lang)}
        {office && <span className="meta pick-office">{t('categoryOffice', { office })}</span>}
      </button>
      {childrenOf(rows, row.code).length > 0 && (
        <button type="button" className="place-down" aria-label={t('placeDown', { place: nameOf(row, lang) })} onClick={() => onGo(row.code)}>
          ›
        </button>
      )}
    </li>
  )
}

function Tree({ rows, value, start, onChoose }: TreeOf) {
  const t = useTexts(formWords)
  const lang = useLang()
  const [at, setAt] = useState(start)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const shown = q ? named(rows, q, lang) : childrenOf(rows, at)
  const go = (code: string) => {
    setTyped('')
    setAt(code)
  }
  return (
    <div className="place-picker">
      <Input
        value={typed}
        allowClear
        placeholder={t('categorySearch')}
        aria-label={t('categorySearch')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {!q && at && (
        <div className="place-path">
          <button type="button" className="crumb" onClick={() => go('')}>
            {t('categoryAll')}
          </button>
          {pathTo(rows, at).map((one) => (
            <button type="button" className="crumb" key={one.code} onClick={() => go(one.code)}>
              {nameOf(one, lang)}
            </button>
          ))}
        </div>
      )}
      <ul className="place-lines">
        {shown.map((row) => (
          <Line key={row.code} rows={rows} row={row} value={value} long={Boolean(q)} onChoose={onChoose} onGo={go} />
        ))}
      </ul>
      {!shown.length && <p className="meta">{t('searchNone')}</p>}
    </div>
  )
}

export function CategoryControl(control: Control) {
  const { onChange } = control
  const t = useTexts(formWords)
  const lang = useLang()
  const record = control.registry.formContext.record
  const found = useCategories(true)
  const rows = inForce(found.data ?? [], String(record?.['kind'] ?? ''), momentText(new Date().toISOString()).slice(0, 10))
  const value = (control.value as string | undefined) ?? ''
  const now = found.data?.find((row) => row.id === record?.['category'])?.code ?? ''
  if (found.isPending) return <Skeleton lines={1} />
  if (found.isError) return <Failed error={found.error} again={() => void found.refetch()} />
  const shown = joinedNames(pathTo(rows, value), lang) || value || t('choose')
  return (
    <div className="place-control">
      <ValuePop control={control} shown={shown} empty={!value}>
        {(close) => (
          <Tree
            rows={rows}
            value={value || now}
            start={parentOf(rows, value || now)}
            onChoose={(code) => {
              onChange(code)
              close()
            }}
          />
        )}
      </ValuePop>
    </div>
  )
}

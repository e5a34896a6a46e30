import { useState } from 'react'
import { number, period } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import type { HowDoc, IndicatorRow, RecordList } from '../../shared/spec'
import { useKept } from '../data/kept'
import { Loading } from '../parts/Loading'
import { sourceOf, type Citation } from './figures'

const PROGRAMMES = '/api/records/projects.programme?sort=-year&limit=1'

const words = texts({
  how: ['原文和口径', 'Wording and definition'],
  about: ['约', 'about'],
  more_than: ['超过', 'more than'],
  at_least: ['不少于', 'at least'],
  source: ['来源：{name}', 'Source: {name}'],
})

const isQualifier = (key: unknown): key is 'about' | 'more_than' | 'at_least' => key === 'about' || key === 'more_than' || key === 'at_least'

/** A citation without what its page is about, which stands in brackets. */
const short = (source: string): string => source.split(/[（(]/)[0]?.trim() || source

/** The newspapers and reports that the district's figures are taken from. */
function useCitations(): Citation[] {
  const list = useKept<RecordList>(PROGRAMMES).body?.rows[0]?.['citations']
  return Array.isArray(list) ? (list as Citation[]) : []
}

export function NumberCard({ row }: { row: IndicatorRow }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const citations = useCitations()
  const [open, setOpen] = useState(false)
  const { qualifier, origin } = row
  const source = typeof origin === 'string' ? said(sourceOf(origin, citations)) : ''
  return (
    <li className="card number">
      <h3>{said(row.name)}</h3>
      <p className="number-value">{isQualifier(qualifier) && `${t(qualifier)} `}<b className="num">{number(row.value)}</b> {said(row.unit)}</p>
      <p className="provenance">
        <span>{period(row.period, lang)}</span>
        {source && <span>{t('source', { name: short(source) })}</span>}
      </p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('how')}</summary>
        {open && <How indicator={row.key} source={source} />}
      </details>
    </li>
  )
}

function How({ indicator, source }: { indicator: string; source: string }) {
  const t = useTexts(words)
  const said = useSaid()
  const how = useKept<HowDoc & { source_sentence?: string }>(`/api/indicators/${encodeURIComponent(indicator)}/how`)
  return (
    <Loading answer={how} lines={1}>
      {(body) => <>{body.source_sentence && <blockquote lang="zh-CN">{body.source_sentence}</blockquote>}<p>{said(body.definition)}</p><p className="provenance">{t('source', { name: source })}</p></>}
    </Loading>
  )
}

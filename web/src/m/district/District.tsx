/** The district at a glance: published figures as cards, each with its period, source and date. */
import { useState } from 'react'
import { number, period } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import type { Envelope, HowDoc, IndicatorRow } from '../../shared/spec'
import { useKept } from '../data/kept'
import { Loading } from '../parts/Loading'
import { Provenance, QualityTag } from '../parts/Provenance'

const BOARD = '/api/data/indicators.board'

const words = texts({
  title: ['公开的数字', 'Published figures'],
  intro: ['只列有来源的数字；还没有数据的指标不在这里。', 'Only figures with a source; indicators without data are not listed.'],
  none: ['目前没有公开的数字。', 'No figure has been published yet.'],
  how: ['怎么来的', 'Where it comes from'],
  of: ['{period}', '{period}'],
})

/** Figures that a resident can be shown: those that have a value. */
export const shown = (rows: readonly IndicatorRow[]): IndicatorRow[] => rows.filter((row) => row.value !== null)

/** Rows by domain, in the order in which the domains first occur. */
export function byDomain(rows: readonly IndicatorRow[]): [domain: string, rows: IndicatorRow[]][] {
  const groups = new Map<string, IndicatorRow[]>()
  for (const row of rows) groups.set(row.domain, [...(groups.get(row.domain) ?? []), row])
  return [...groups]
}

export function District() {
  const t = useTexts(words)
  const said = useSaid()
  const board = useKept<Envelope<IndicatorRow>>(BOARD)
  return (
    <Loading answer={board} lines={8}>
      {(body) => (
        <>
          <p className="hint">{t('intro')}</p>
          {shown(body.rows).length === 0 && <p className="note">{t('none')}</p>}
          {byDomain(shown(body.rows)).map(([domain, rows]) => (
            <section key={domain} aria-label={said(body.dict?.['domain']?.[domain]) || t('title')}>
              <h2>{said(body.dict?.['domain']?.[domain]) || t('title')}</h2>
              <ul className="numbers">{rows.map((row) => <NumberCard key={row.key} row={row} />)}</ul>
            </section>
          ))}
          <Provenance asOf={body.as_of} origin={body.origin} />
        </>
      )}
    </Loading>
  )
}

function NumberCard({ row }: { row: IndicatorRow }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const [open, setOpen] = useState(false)
  return (
    <li className="card number">
      <h3>{said(row.name)}</h3>
      <p className="number-value"><b className="num">{number(row.value)}</b> {said(row.unit)}</p>
      <p className="provenance">{row.period && <span>{period(row.period, lang)}</span>}<QualityTag quality={row.quality} /></p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('how')}</summary>
        {open && <How indicator={row.key} />}
      </details>
    </li>
  )
}

function How({ indicator }: { indicator: string }) {
  const said = useSaid()
  const how = useKept<HowDoc>(`/api/indicators/${encodeURIComponent(indicator)}/how`)
  return (
    <Loading answer={how} lines={1}>
      {(body) => <><p>{said(body.sentence ?? body.definition)}</p><Provenance asOf={body.as_of} origin={body.source} /></>}
    </Loading>
  )
}

/** The district at a glance: published figures as cards, each with its period and its source. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Envelope, IndicatorRow } from '../../shared/spec'
import { useKept } from '../data/kept'
import { Loading } from '../parts/Loading'
import { byDomain, published } from './figures'
import { NumberCard } from './NumberCard'

const BOARD = '/api/data/indicators.board'

const words = texts({
  intro: ['这里只列公开发布过的数字，每个都写明时间和来源。', 'Only figures that were published, each with its time and source.'],
  none: ['目前没有公开发布的数字。', 'No figure has been published yet.'],
})

export function District() {
  const t = useTexts(words)
  const said = useSaid()
  const board = useKept<Envelope<IndicatorRow>>(BOARD)
  return (
    <Loading answer={board} lines={8}>
      {(body) => (
        <>
          <p className="hint">{t(published(body.rows).length ? 'intro' : 'none')}</p>
          {byDomain(published(body.rows)).map(([key, domain, rows]) => (
            <section key={key} aria-labelledby={`domain-${key}`}>
              <h2 id={`domain-${key}`}>{said(domain)}</h2>
              <ul className="numbers">{rows.map((row) => <NumberCard key={row.key} row={row} />)}</ul>
            </section>
          ))}
        </>
      )}
    </Loading>
  )
}

/** The newest rows of a source along the foot: no marquee, and a pause that holds what is read. */
import { useRef, useState } from 'react'
import { useDrill } from '../blocks/drill'
import { amount, hasStatus, statusAt, word } from '../blocks/rows'
import { useData } from '../shared/data'
import { texts, useLang, useSaid, useTexts } from '../shared/i18n'
import type { Envelope, Page, Row } from '../shared/spec'
import { isLevel, Level, Mark } from '../shared/Status'

const words = texts({
  newest: ['最新动态', 'Latest'],
  pause: ['暂停', 'Pause'],
  resume: ['继续', 'Resume'],
  none: ['暂无动态', 'Nothing new'],
})
const SHOWN = 4

type TickerSpec = NonNullable<Page['ticker']>

/** The rows on view; while held, those that were there when the pause began. */
function useHeld(envelope: Envelope | undefined, held: boolean): Row[] {
  const kept = useRef<Row[]>([])
  if (!held) kept.current = envelope?.rows.slice(0, SHOWN) ?? []
  return kept.current
}

function Item({ row, envelope, ticker }: { row: Row; envelope: Envelope; ticker: TickerSpec }) {
  const lang = useLang()
  const { level, status, time, title = 'title', meta } = ticker.encode ?? {}
  const grade = amount(row, level)
  return (
    <>
      {isLevel(grade) && <Level level={grade} />}
      {hasStatus(row, status) && <Mark status={statusAt(row, status)} />}
      {time && <span className="num ticker-time">{word(envelope, row, time, lang)}</span>}
      <span className="ticker-words">
        <b title={word(envelope, row, title, lang)}>{word(envelope, row, title, lang)}</b>
        {meta?.slice(0, -1).map((key) => (
          <span key={key}>{word(envelope, row, key, lang)}</span>
        ))}
      </span>
      {meta?.slice(-1).map((key) => (
        <span key={key}>{word(envelope, row, key, lang)}</span>
      ))}
    </>
  )
}

export function Ticker({ ticker }: { ticker: TickerSpec }) {
  const t = useTexts(words)
  const said = useSaid()
  const [held, setHeld] = useState(false)
  const { envelope } = useData(ticker.data)
  const rows = useHeld(envelope, held)
  const { drill } = useDrill(ticker.drill)
  return (
    <footer className="ticker">
      <h2>{ticker.title ? said(ticker.title) : t('newest')}</h2>
      <ul>
        {envelope && rows.length === 0 && <li>{t('none')}</li>}
        {envelope &&
          rows.map((row, index) => (
            <li key={String(row['id'] ?? index)}>
              {drill ? (
                <button type="button" onClick={() => drill(row)}>
                  <Item row={row} envelope={envelope} ticker={ticker} />
                </button>
              ) : (
                <Item row={row} envelope={envelope} ticker={ticker} />
              )}
            </li>
          ))}
      </ul>
      <button type="button" className="chrome" aria-pressed={held} onClick={() => setHeld(!held)}>
        {t(held ? 'resume' : 'pause')}
      </button>
    </footer>
  )
}

/** One panel: title, legend, source and time, its own states and its own error boundary. */
import { lazy, Suspense, useState } from 'react'
import { useData } from '../shared/data'
import { ErrorBoundary } from '../shared/ErrorBoundary'
import { texts, useSaid, useTexts } from '../shared/i18n'
import { useUser } from '../shared/session'
import { holds } from '../shared/refs'
import { useScope } from '../shared/scope'
import type { Envelope, Panel as Spec } from '../shared/spec'
import { Empty, Failed, Origin, Skeleton } from '../shared/States'
import { useDrill, type Drilling } from './drill'
import { Legend } from './Legend'
import { isChart } from './option'
import { blockOf } from './registry'
import { amount, seriesOf } from './rows'
import './panel.css'
import './blocks.css'

const PanelData = lazy(() => import('./PanelData').then((module) => ({ default: module.PanelData })))

const words = texts({
  rows: ['看数据', 'See data'],
  rowsOf: ['{name}：看数据与口径', '{name}: see data and definition'],
  empty: ['当前范围内没有“{name}”的数据', 'No “{name}” in this scope'],
})

const NOTHING: Envelope = { rows: [], as_of: null, quality: 'published', origin: '' }
const NEEDS_ROWS = (panel: Spec): boolean => Boolean(panel.data) && panel.kind !== 'embed'

/** Is there anything to draw? Axes without a single figure, and stages or stacks that are all zero, say nothing. */
export function isBlank(panel: Spec, { rows }: Envelope): boolean {
  if (!NEEDS_ROWS(panel)) return false
  if (panel.kind === 'pipeline') return rows.every((row) => !amount(row, panel.encode?.value ?? 'value'))
  if (panel.kind === 'stack') return rows.every((row) => seriesOf(panel).every(({ y }) => !amount(row, y)))
  if (isChart(panel.kind)) return rows.every((row) => seriesOf(panel).every(({ y }) => amount(row, y) === null))
  return rows.length === 0
}

interface BodyProps {
  panel: Spec
  envelope: Envelope
  drilling: Drilling
  stale: boolean
}

/** The drawing; where there is nothing to draw, the sentence of the source, or ours. */
function Body({ panel, envelope, drilling, stale }: BodyProps) {
  const t = useTexts(words)
  const said = useSaid()
  const Block = blockOf(panel.kind)
  if (envelope.empty) return <Empty>{said(envelope.empty)}</Empty>
  if (isBlank(panel, envelope)) return <Empty>{t('empty', { name: said(panel.title) })}</Empty>
  return <Block panel={panel} envelope={envelope} stale={stale} {...drilling} />
}

function RowsButton({ panel, envelope, drilling }: { panel: Spec; envelope: Envelope; drilling: Drilling }) {
  const t = useTexts(words)
  const said = useSaid()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="panel-rows"
        title={t('rows')}
        aria-label={t('rowsOf', { name: said(panel.title) })}
        onClick={() => setOpen(true)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 3.5h12M2 8h12M2 12.5h12M6 3.5v9" />
        </svg>
      </button>
      {open && (
        <Suspense>
          <PanelData panel={panel} envelope={envelope} {...drilling} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

function useWhen(panel: Spec): boolean {
  const scope = useScope()
  const user = useUser()
  return holds(panel.when, { scope, user })
}

/** A panel with its header; a `kpi` draws itself as a tile. */
export function Panel({ panel }: { panel: Spec }) {
  const said = useSaid()
  const shown = useWhen(panel)
  const { envelope = panel.data ? undefined : NOTHING, error, stale, waiting, again } = useData(shown ? panel.data : null)
  const drilling = useDrill(panel.drill)
  if (!shown) return null
  const name = `panel-${panel.id}`
  const body = error ? (
    <Failed error={error} again={again} />
  ) : envelope ? (
    <Body panel={panel} envelope={envelope} drilling={drilling} stale={stale} />
  ) : (
    <Skeleton />
  )
  const safe = <ErrorBoundary name={panel.id}>{body}</ErrorBoundary>
  if (panel.kind === 'kpi') {
    const face =
      envelope?.rows.length && !envelope.empty && !error ? (
        safe
      ) : (
        <div className="kpi-face">
          <span className="kpi-name">{said(panel.title)}</span>
          {safe}
        </div>
      )
    return (
      <section className="kpi" aria-label={said(panel.title)} data-stale={stale || undefined} aria-busy={waiting || undefined}>
        {face}
      </section>
    )
  }
  return (
    <section className="panel" data-kind={panel.kind} aria-busy={waiting || undefined} aria-labelledby={name} style={{ flexGrow: panel.size ?? 1 }}>
      <header>
        <h2 id={name}>{said(panel.title)}</h2>
        <Legend panel={panel} />
        <span className="panel-side">
          {envelope && panel.data && <Origin origin={envelope.origin} at={envelope.as_of} stale={stale} />}
          {envelope && panel.data && <RowsButton panel={panel} envelope={envelope} drilling={drilling} />}
        </span>
      </header>
      <div className="panel-body">{safe}</div>
    </section>
  )
}

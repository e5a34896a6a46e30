/** The dispatcher's desk: one set of filters, five ways to look at the same cases, the open one beside them. */
import { Button } from 'antd'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { FilterBar } from '../list/FilterBar'
import '../list/list.css'
import { emptyQuery, type ListQuery } from '../list/query'
import { modelIn, modelOf, modelOfKind } from '../lives'
import { tell } from '../parts/notice'
import { useFacets, useModel, useRecord } from '../records'
import { ProblemPage } from '../shell/Problems'
import { useKey, usePageKeys } from '../shell/shortcuts'
import type { Facet, Id, Model, Row } from '../wire'
import { titleSaid } from '../titles'
import { CASE } from './api'
import { Board } from './Board'
import type { Picked } from './bulk'
import './cases.css'
import { kindOn, useDesk, type Desk, type View } from './desk'
import { Head } from './Head'
import { List } from './List'
import { MapView } from './MapView'
import { Timeline } from './Timeline'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'

const RecordPage = lazy(() => import('../record/RecordPage'))
const ActionDialog = lazy(() => import('../record/ActionDialog'))
const BulkDialog = lazy(() => import('./BulkDialog'))
const FiguresView = lazy(() => import('./FiguresView'))

const PARTS: Record<View, React.ComponentType<ViewOf>> = { board: Board, list: List, map: MapView, timeline: Timeline, figures: FiguresView }

function usePicked() {
  const [picked, setPicked] = useState<ReadonlyMap<Id, Picked>>(new Map())
  const toggle = useCallback((row: Row) => {
    setPicked((before) => {
      const next = new Map(before)
      if (!next.delete(row.id)) next.set(row.id, pickedFrom(row))
      return next
    })
  }, [])
  const keep = (rows: Picked[]) => setPicked(new Map(rows.map((row) => [row.id, row])))
  return { picked, toggle, keep }
}

const pickedFrom = (row: Row): Picked => ({
  id: row.id,
  version: row.version,
  number: String(row['number']),
  title: titleSaid(row),
  kind: String(row['kind']),
  state: String(row['state']),
})

function BulkBar({ model, picked, onKeep }: { model: Model; picked: ReadonlyMap<Id, Picked>; onKeep: (rows: Picked[]) => void }) {
  const t = useTexts(deskCaseWords)
  const [open, setOpen] = useState(false)
  useKey('b', picked.size ? () => setOpen(true) : undefined)
  if (!picked.size) return null
  return (
    <div className="bulk-bar" role="region" aria-label={t('bulk')}>
      <span role="status">{t('selected', { count: picked.size })}</span>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('bulk')}
      </Button>
      <Button onClick={() => onKeep([])}>{t('clearSelection')}</Button>
      {open && (
        <Suspense fallback={null}>
          <BulkDialog
            model={model}
            picked={[...picked.values()]}
            onClose={(rows) => {
              setOpen(false)
              onKeep(rows)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** The usual next step of one case, asked of the server when the key is pressed. */
function UsualStep({ model, id, onClose }: { model: Model; id: Id; onClose: () => void }) {
  const t = useTexts(deskCaseWords)
  const record = useRecord(CASE, id)
  const own = record.data && modelOf(model, record.data.record)
  const action = own?.actions.find((one) => one.primary && record.data?.allowed_actions.includes(one.id))
  const [said, setSaid] = useState(false)
  if (record.data && !action && !said) {
    setSaid(true)
    queueMicrotask(() => {
      tell('said', t('noUsual'))
      onClose()
    })
  }
  if (!record.data || !own || !action) return null
  return (
    <Suspense fallback={null}>
      <ActionDialog model={own} answer={record.data} action={action} onClose={onClose} />
    </Suspense>
  )
}

function Side({ model, desk, show }: { model: Model; desk: Desk; show: ViewOf['show'] }) {
  return (
    <aside className="pane case-pane" aria-label={desk.open}>
      <Suspense fallback={<Skeleton lines={8} />}>
        <RecordPage key={desk.open} model={model} id={desk.open} query={desk.query} beside onClose={() => show({ open: '' })} />
      </Suspense>
    </aside>
  )
}

function useKeysOfPage() {
  const t = useTexts(deskCaseWords)
  usePageKeys([
    ['← → ↑ ↓', t('keyMove')],
    ['a', t('keyUsual')],
    ['x', t('keySelect')],
    ['b', t('keyBulk')],
    ['1–5', t('keyViews')],
  ])
}

function Opened({ model }: { model: Model }) {
  const { desk, show } = useDesk()
  const { picked, toggle, keep } = usePicked()
  const [step, setStep] = useState<Id | null>(null)
  useKeysOfPage()
  const narrowed = useMemo(() => (desk.view === 'board' ? modelOfKind(model, kindOn(model, desk.query)) : modelIn(model, desk.query)), [model, desk])
  const onStep = useCallback((row: Row) => setStep(row.id), [])
  const Part = PARTS[desk.view]
  return (
    <div className="case-desk" data-open={desk.open ? true : undefined}>
      <div className="page list-page">
        <Head model={model} desk={desk} show={show} />
        <FilterBar model={narrowed} query={desk.query} dict={null} onChange={(query) => show({ query })} />
        <BulkBar model={model} picked={picked} onKeep={keep} />
        <Suspense fallback={<Skeleton lines={8} />}>
          <Part model={model} desk={desk} show={show} picked={picked} onPick={toggle} onStep={onStep} />
        </Suspense>
      </div>
      {desk.open && <Side model={model} desk={desk} show={show} />}
      {step !== null && <UsualStep model={model} id={step} onClose={() => setStep(null)} />}
    </div>
  )
}

const IN_HAND: ListQuery = { ...emptyQuery, where: [{ field: 'phase', op: 'in', value: 'new,working,waiting,resolved' }] }

/** The kinds with what is most in hand first: the desk opens on work, not on the first word of a list. */
function byWork(model: Model, counts: ReadonlyMap<string, number>): Model {
  if (!model.lives) return model
  const kinds = Object.entries(model.lives.by_kind)
  kinds.sort(([a], [b]) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
  return { ...model, lives: { ...model.lives, by_kind: Object.fromEntries(kinds) } }
}

/** The order is taken once: the board must not change under somebody's hands. */
function Ordered({ model, rows }: { model: Model; rows: readonly Facet[] }) {
  const [counts] = useState(() => new Map(rows.map(({ value, count }) => [String(value), count])))
  const ordered = useMemo(() => byWork(model, counts), [model, counts])
  return <Opened model={ordered} />
}

export default function CasesDesk() {
  const model = useModel(CASE)
  const kinds = useFacets(CASE, 'kind', IN_HAND)
  if (model.isPending || kinds.isPending) return <div className="page"><Skeleton lines={8} /></div>
  if (model.isError) return <div className="page"><ProblemPage error={model.error} again={() => void model.refetch()} /></div>
  return <Ordered model={model.data} rows={kinds.data?.rows ?? []} />
}

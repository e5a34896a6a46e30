/** Records of one kind: found, narrowed, counted, exported; on a wide window with the open record beside them. */
import { lazy, Suspense, useCallback } from 'react'
import { useParams } from 'react-router'
import { Skeleton } from '../../shared/States'
import { useLabel } from '../labels'
import { useWide } from '../parts/useWide'
import { useModel } from '../records'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import type { Model } from '../wire'
import { ListView } from './ListView'
import './list.css'
import { useListQuery } from './useListQuery'

const RecordPage = lazy(() => import('../record/RecordPage'))

function Opened({ model, id }: { model: Model; id: string }) {
  const { query } = useListQuery()
  const wide = useWide()
  const record = (
    <Suspense
      fallback={
        <div className="page">
          <Skeleton lines={6} />
        </div>
      }
    >
      <RecordPage key={id} model={model} id={id} query={query} beside={wide} />
    </Suspense>
  )
  if (!wide) return record
  return (
    <div className="split">
      <ListView model={model} selected={id} />
      <aside className="pane" aria-label={id}>
        {record}
      </aside>
    </div>
  )
}

export default function ListPage() {
  const { entity = '', id } = useParams()
  const said = useLabel()
  const model = useModel(entity)
  const again = useCallback(() => void model.refetch(), [model])
  if (model.isPending)
    return (
      <div className="page">
        <Skeleton lines={8} />
      </div>
    )
  if (model.isError)
    return (
      <div className="page">
        <ProblemPage error={model.error} again={again} />
      </div>
    )
  if (id) return <Opened model={model.data} id={id} />
  return (
    <>
      <div className="sr-only">
        <Crumbs path={[{ label: said(model.data.label) }]} />
      </div>
      <ListView key={entity} model={model.data} />
    </>
  )
}

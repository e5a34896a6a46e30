/** The sets of meshes on a map. What draws them is fetched only where this reader may see some; without it the map lives on. */
import type { Map as GLMap } from 'maplibre-gl'
import { lazy, Suspense } from 'react'
import { ErrorBoundary } from '../../../shared/ErrorBoundary'
import { useMeshRows } from './rows'

const Meshes = lazy(() => import('./Meshes'))

export function Sets(props: { map: GLMap; on: boolean; picked: string | undefined }) {
  if (!useMeshRows().length) return null
  return (
    <ErrorBoundary name="meshes" fallback={() => null}>
      <Suspense>
        <Meshes {...props} />
      </Suspense>
    </ErrorBoundary>
  )
}

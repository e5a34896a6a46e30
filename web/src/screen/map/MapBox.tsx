/** The place of the map on the page: the map where WebGL works, a sentence and the list where it does not. */
import { lazy, Suspense, useState } from 'react'
import { ErrorBoundary } from '../../shared/ErrorBoundary'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { useScope } from '../../shared/scope'
import { useSession } from '../../shared/session'
import type { MapSpec, Page } from '../../shared/spec'
import { useAreas } from './areas'
import { useBaseMap } from './base'
import { Breadcrumb } from './Breadcrumb'
import { canDraw } from './drawing'
import { PlaceList } from './PlaceList'
import './map.css'

const fetched = () => import('./MapView')
const MapView = lazy(fetched)

const words = texts({
  none: ['此设备不支持三维地图，已改为列表；其余面板不受影响', 'This device cannot draw the map, so here is the list; all panels work'],
  loading: ['正在载入地图', 'Loading the map'],
  map: ['{name}：地图', '{name}: map'],
})

/** Fetch what draws the map, before the page that has one is known: nearly all of them do. */
export function fetchMap(): void {
  // Where it does not come now it is asked for again by the map itself, which says so.
  if (canDraw()) void fetched().catch(() => undefined)
}

/** Where the base map is and what shall be in view, asked for while the map's own program is still on its way. */
function useFirstQuestions(spec: MapSpec): void {
  useBaseMap()
  useAreas(spec, useScope().place)
}

function Instead({ spec }: { spec: MapSpec }) {
  const t = useTexts(words)
  return (
    <div className="map-instead">
      <Breadcrumb />
      <p role="status">{t('none')}</p>
      <PlaceList layers={spec.layers} />
    </div>
  )
}

export function MapBox({ page, map }: { page: Page; map: MapSpec }) {
  const t = useTexts(words)
  const said = useSaid()
  const [able] = useState(canDraw)
  const district = useSession().data?.district
  useFirstQuestions(map)
  const instead = <Instead spec={map} />
  return (
    <section className="map" aria-label={t('map', { name: said(page.title) })}>
      {!able
        ? instead
        : district && (
            <ErrorBoundary name="map" fallback={() => instead}>
              <Suspense
                fallback={
                  <p className="map-wait" role="status">
                    {t('loading')}
                  </p>
                }
              >
                <MapView spec={map} centre={district.center} />
              </Suspense>
            </ErrorBoundary>
          )}
    </section>
  )
}

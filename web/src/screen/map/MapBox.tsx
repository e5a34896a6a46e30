/** The place of the map on the page: the map where WebGL works, a sentence and the list where it does not. */
import { lazy, Suspense, useState } from 'react'
import { ErrorBoundary } from '../../shared/ErrorBoundary'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { useSession } from '../../shared/session'
import type { MapSpec, Page } from '../../shared/spec'
import { canDraw } from '../../shared/webgl'
import { Breadcrumb } from './Breadcrumb'
import { PlaceList } from './PlaceList'
import './map.css'

const MapView = lazy(() => import('./MapView'))

const words = texts({
  none: ['此设备不支持三维地图，已改为列表；其余面板不受影响', 'This device cannot draw the map, so here is the list; all panels work'],
  loading: ['正在载入地图', 'Loading the map'],
  map: ['{name}：地图', '{name}: map'],
})

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

/** The map in words: the places inside the one on view, and everything that is a point on the map. */
import { useDrill } from '../../blocks/drill'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import { narrow, useScope } from '../../shared/scope'
import { useSession } from '../../shared/session'
import type { Layer } from '../../shared/spec'
import { Empty } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { hasStatus, statusAt, word } from '../../blocks/rows'
import { rowOf } from './features'
import { useLayer } from './layerData'
import { useChildren } from './place'

const words = texts({
  places: ['下一级区域', 'Places inside'],
  none: ['没有更小的区域', 'No smaller places'],
  empty: ['当前范围内没有“{name}”', 'No “{name}” in this scope'],
})

function Points({ layer }: { layer: Layer }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const { drill } = useDrill(layer.drill)
  const { data } = useLayer(layer, null, true)
  const { title, label, status, meta } = layer.encode ?? {}
  if (!data) return null
  return (
    <section>
      <h3>{said(layer.title)}</h3>
      {data.features.length === 0 && <Empty>{said(data.empty) || t('empty', { name: said(layer.title) })}</Empty>}
      <ul>
        {data.features.map((feature, index) => {
          const row = rowOf(feature)
          const face = (
            <>
              {hasStatus(row, status) && <Mark status={statusAt(row, status)} />}
              {word({}, row, title ?? label ?? 'name', lang)}
              <small>{meta?.map((key) => word({}, row, key, lang)).join('　')}</small>
            </>
          )
          return (
            <li key={index}>
              {drill ? (
                <button type="button" onClick={() => drill(row)}>
                  {face}
                </button>
              ) : (
                <span>{face}</span>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

export function PlaceList({ layers }: { layers: readonly Layer[] }) {
  const t = useTexts(words)
  const said = useSaid()
  const { place } = useScope()
  const district = useSession().data?.district.code
  const children = useChildren(place ?? district)
  return (
    <div className="map-list" role="region" aria-label={t('places')} tabIndex={0}>
      <section>
        <h3>{t('places')}</h3>
        {children.length === 0 ? (
          <Empty>{t('none')}</Empty>
        ) : (
          <ul className="map-list-places">
            {children.map((row) => (
              <li key={row.code}>
                <button type="button" onClick={() => narrow({ place: row.code })}>
                  {said(row.name)}
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      {layers
        .filter((layer) => ['point', 'cluster', 'alarm'].includes(layer.kind))
        .map((layer) => (
          <Points key={layer.id} layer={layer} />
        ))}
    </div>
  )
}

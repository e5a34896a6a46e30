/** Breadcrumb and layer switches on the map. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Layer } from '../../shared/spec'
import { Breadcrumb } from './Breadcrumb'
import { isDrawable } from './style'

const words = texts({ here: ['这里有什么', 'What is here'], layers: ['图层', 'Layers'], unknown: ['此版本还不会画这种图层', 'This version cannot draw this kind of layer yet'] })

interface Props {
  layers: readonly Layer[]
  on: Readonly<Record<string, boolean>>
  toggle: (id: string) => void
  /** What is at the place on view; none while that is the whole district. */
  ask: (() => void) | undefined
}

export function MapBar({ layers, on, toggle, ask }: Props) {
  const t = useTexts(words)
  const said = useSaid()
  return (
    <div className="map-bar">
      <Breadcrumb />
      {ask && (
        <button type="button" className="map-ask" onClick={ask}>
          {t('here')}
        </button>
      )}
      <div className="map-layers" role="group" aria-label={t('layers')}>
        {layers.map((layer) => (
          <button
            key={layer.id}
            type="button"
            aria-pressed={on[layer.id] ?? false}
            aria-disabled={!isDrawable(layer) || undefined}
            title={isDrawable(layer) ? undefined : t('unknown')}
            onClick={() => toggle(layer.id)}
          >
            {said(layer.title)}
          </button>
        ))}
      </div>
    </div>
  )
}

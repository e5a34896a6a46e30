/** Breadcrumb and layer switches on the map. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Layer } from '../../shared/spec'
import { Breadcrumb } from './Breadcrumb'
import { isDrawable } from './style'

const words = texts({ layers: ['图层', 'Layers'], unknown: ['此版本还不会画这种图层', 'This version cannot draw this kind of layer yet'] })

interface Props {
  layers: readonly Layer[]
  on: Readonly<Record<string, boolean>>
  toggle: (id: string) => void
}

export function MapBar({ layers, on, toggle }: Props) {
  const t = useTexts(words)
  const said = useSaid()
  return (
    <div className="map-bar">
      <Breadcrumb />
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

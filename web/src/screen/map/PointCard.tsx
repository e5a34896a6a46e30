/** What a point on the map is, beside the pointer. */
import { hasStatus, statusAt, word } from '../../blocks/rows'
import { useLang, useSaid } from '../../shared/i18n'
import { StatusTag } from '../../shared/Status'
import { rowOf } from './features'
import type { Under } from './picking'

export function PointCard({ under, width }: { under: Under; width: number }) {
  const lang = useLang()
  const said = useSaid()
  const { title, label, status, meta } = under.layer.encode ?? {}
  const row = rowOf(under.feature)
  const left = under.x > width / 2
  return (
    <div className="map-card" data-left={left || undefined} style={{ left: under.x, top: under.y }}>
      <b>{word({}, row, title ?? label ?? 'label', lang) || said(under.layer.title)}</b>
      {hasStatus(row, status) && <StatusTag status={statusAt(row, status)} />}
      {meta?.map((key) => (
        <span key={key}>{word({}, row, key, lang)}</span>
      ))}
    </div>
  )
}

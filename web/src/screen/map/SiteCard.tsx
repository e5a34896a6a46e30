/** What hangs on the building or place that was picked: each register with its count leads to its list. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, Problem } from '../../shared/api'
import type { components } from '../../api/schema'
import { byFormat } from '../../shared/format'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { placeHref, recordsHref } from '../../shared/links'
import type { Text } from '../../shared/spec'
import { Empty } from '../../shared/States'
import './site.css'

type Hanging = components['schemas']['Hanging']

const words = texts({
  here: ['这里有什么', 'What is here'],
  close: ['关闭', 'Close'],
  none: ['这里没有您可以查看的登记', 'Nothing that you may see is registered here'],
  loading: ['正在查找', 'Looking'],
  storeys: ['{n} 层', '{n} storeys'],
  height: ['高 {n} 米', '{n} m high'],
  generated: ['示意', 'sketch'],
  doors: ['{n} 个楼门', '{n} doorways'],
  nowhere: ['位置不详', 'its point is not known'],
  more: ['{n} 以上', 'more than {n}'],
})

const SEPARATE = ' · '

function Facts({ site }: { site: Hanging['site'] }) {
  const t = useTexts(words)
  const said = useSaid()
  const facts = [
    said(site.level as unknown as Text),
    site.storeys && t('storeys', { n: String(site.storeys) }),
    site.height_m && t('height', { n: byFormat(Math.round(site.height_m)) }),
    site.generated && t('generated'),
  ]
  return <p className="site-facts">{facts.filter(Boolean).join(SEPARATE)}</p>
}

function Hangs({ hangs }: { hangs: Hanging['hangs'] }) {
  const t = useTexts(words)
  const said = useSaid()
  if (!hangs.length) return <Empty>{t('none')}</Empty>
  return (
    <ul>
      {hangs.map((one) => (
        <li key={one.entity}>
          <a href={recordsHref(one.entity, { where: [one.where] })}>
            <span>{said(one.label as unknown as Text)}</span>
            <b className="num">{one.capped ? t('more', { n: byFormat(one.count) }) : byFormat(one.count)}</b>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** The doors of a building, each with how its place is known; the desk has their pages. */
function Doors({ doors }: { doors: Hanging['doors'] }) {
  const t = useTexts(words)
  const said = useSaid()
  if (!doors.length) return null
  return (
    <details className="site-doors">
      <summary>{t('doors', { n: byFormat(doors.length) })}</summary>
      <ul>
        {doors.map((door) => (
          <li key={door.code}>
            <a href={placeHref(door.code)}>
              <span>{said(door.name as unknown as Text)}</span>
              <small>{door.point ? said(door.point as unknown as Text) : t('nowhere')}</small>
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

export function SiteCard({ code, onClose }: { code: string; onClose: () => void }) {
  const t = useTexts(words)
  const said = useSaid()
  const card = useRef<HTMLElement>(null)
  const { data, error } = useQuery({
    queryKey: ['hangs', code],
    queryFn: ({ signal }) => api.get<Hanging>(`/api/space/${code}/hangs`, {}, signal),
  })
  useEffect(() => {
    const before = document.activeElement
    card.current?.focus()
    return () => (before instanceof HTMLElement ? before.focus() : undefined)
  }, [])
  return (
    <section
      ref={card}
      className="map-site"
      aria-label={t('here')}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header>
        <h3>{data ? said(data.site.name as unknown as Text) : t('here')}</h3>
        <button type="button" aria-label={t('close')} title={t('close')} onClick={onClose}>
          ×
        </button>
      </header>
      {data && <Facts site={data.site} />}
      {data && <Doors doors={data.doors} />}
      {data ? <Hangs hangs={data.hangs} /> : <p role="status">{error instanceof Problem ? error.message : t('loading')}</p>}
    </section>
  )
}

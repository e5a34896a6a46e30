import { useEffect } from 'react'
import { NavLink, useLocation } from 'react-router'
import { useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import type { MenuItem } from '../../shared/spec'
import { useLabel } from '../labels'
import { alarmsPath, casesPath, importPath, placesPath, reportPath, toursPath, wayPath, webhooksPath } from '../paths'
import { deskWords } from '../words'
import { placeOf, useMenu, usePages } from './menu'
import { useModelNames } from './models'
import { useKey } from './shortcuts'
import { shellWords } from './words'

function Item({ item }: { item: MenuItem }) {
  const said = useLabel()
  const pages = usePages().data ?? []
  const { to, outside } = placeOf(item, pages)
  if (outside)
    return (
      <a href={to}>
        {said(item.label)}
        <span aria-hidden="true" className="out">
          ↗
        </span>
      </a>
    )
  return <NavLink to={to}>{said(item.label)}</NavLink>
}

function Group({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <section>
      <h2>{label}</h2>
      {children}
    </section>
  )
}

/** What the desk itself offers beside the declared menu. */
function Tools() {
  const t = useTexts(shellWords)
  const models = useModelNames().data ?? []
  return (
    <Group label={t('tools')}>
      {models.some((model) => model.name === 'projects.monthlyreport') && <NavLink to={reportPath}>{t('report')}</NavLink>}
      <NavLink to={importPath()}>{t('imports')}</NavLink>
      <NavLink to={placesPath}>{t('places')}</NavLink>
      <NavLink to={wayPath}>{t('way')}</NavLink>
      {models.some((model) => model.name === 'data.subscription') && <NavLink to={webhooksPath}>{t('webhooks')}</NavLink>}
    </Group>
  )
}

/** On a low screen the menu scrolls: the item of this page must not be left below its edge. */
function useCurrentInView(drawn: unknown): void {
  const { pathname } = useLocation()
  useEffect(() => {
    document.querySelector('#navigation [aria-current=page]')?.scrollIntoView?.({ block: 'nearest' })
  }, [pathname, drawn])
}

/** The rooms whose work has a desk of its own beside its registers. */
const CASES = 'cases'
const ALARMS = 'alarms'
const TOURS = 'tours'

/** The menu that the server declares for this reader. */
export function Navigation({ open, onClose }: { open: boolean; onClose: () => void }) {
  const word = useTexts(deskWords)
  const t = useTexts(shellWords)
  const said = useLabel()
  const menu = useMenu()
  useCurrentInView(menu.data)
  useKey('Escape', open ? onClose : undefined)
  return (
    <>
      {open && <button type="button" className="nav-shade" aria-label={word('close')} onClick={onClose} />}
      <nav className="nav" id="navigation" aria-label={word('nav')} data-open={open || undefined}>
        {menu.isPending && <Skeleton lines={8} />}
        {menu.isError && <Failed error={menu.error} again={() => void menu.refetch()} />}
        {menu.data?.groups.map((group) => (
          <Group key={group.key} label={said(group.label)}>
            {group.key === CASES && <NavLink to={casesPath}>{t('cases')}</NavLink>}
            {group.key === TOURS && <NavLink to={toursPath}>{t('tours')}</NavLink>}
            {group.key === ALARMS && <NavLink to={alarmsPath}>{t('alarms')}</NavLink>}
            {group.items.map((item) => (
              <Item key={item.key} item={item} />
            ))}
          </Group>
        ))}
        <Tools />
      </nav>
    </>
  )
}

import { LangSwitch } from '../../shared/LangSwitch'
import { texts, useTexts } from '../../shared/i18n'
import { setElder, useLook } from '../../shared/theme'
import { Icon } from '../parts/Icon'
import { Link } from '../parts/Link'
import { useHome } from '../place/home'
import { back, type Route } from '../routes'
import { TITLES } from './titles'

const words = texts({
  back: ['返回', 'Back'],
  choose: ['选我的位置', 'Choose my place'],
  place: ['我的位置：{name}，点按更换', 'My place: {name}. Change'],
  elder: ['长辈版', 'Larger'],
  leave: ['标准版', 'Normal'],
})
const ELDER_START = 20
const above = (route: Route): Route => {
  if (route.page === 'say') return { page: 'project', id: route.id }
  if (route.page === 'outlet' || route.page === 'wish') return { page: 'nearby', of: route.of }
  if (route.page === 'case') return { page: 'cases' }
  if (route.page === 'looks') return route.id ? { page: 'case', id: route.id } : { page: 'mine' }
  return { page: route.page === 'card' || route.page === 'stop' || route.page === 'tour' ? 'work' : 'near' }
}
const SHALLOW = new Set<Route['page']>(['near', 'programme', 'district', 'mine'])
const isDeep = ({ page }: Route): boolean => !SHALLOW.has(page)

export function Header({ route }: { route: Route }) {
  const t = useTexts(words)
  const elder = useLook((look) => look.elder) !== null
  return (
    <header className="top">
      <div className="top-in">
        {isDeep(route) ? <BackTitle route={route} /> : <PlaceTitle route={route} />}
        {!elder && <LangSwitch className="top-lang" />}
        <button type="button" className="top-elder" aria-pressed={elder} onClick={() => setElder(elder ? null : ELDER_START)}>{t(elder ? 'leave' : 'elder')}</button>
      </div>
    </header>
  )
}

function BackTitle({ route }: { route: Route }) {
  const t = useTexts(words)
  const title = useTexts(TITLES)
  return (
    <>
      <button type="button" className="top-back" aria-label={t('back')} onClick={() => back(above(route))}><Icon name="back" /></button>
      <h1 className="top-title">{title(route.page)}</h1>
    </>
  )
}

function PlaceTitle({ route }: { route: Route }) {
  const t = useTexts(words)
  const title = useTexts(TITLES)
  const home = useHome()
  if (route.page !== 'near') return <h1 className="top-title">{title(route.page)}</h1>
  return (
    <Link to={{ page: 'place' }} className="top-place" aria-label={home ? t('place', { name: home.name }) : undefined}>
      <Icon name="pin" /><span>{home?.name ?? t('choose')}</span><Icon name="down" />
    </Link>
  )
}

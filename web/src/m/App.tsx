/** The frame of the phone entry: header, notices, the page of the address, and the way between pages. */
import { lazy, Suspense, useEffect, useLayoutEffect } from 'react'
import { ErrorBoundary } from '../shared/ErrorBoundary'
import { texts, useTexts } from '../shared/i18n'
import { Skeleton } from '../shared/States'
import { Help } from './parts/Help'
import { Header } from './frame/Header'
import { Notices } from './frame/Notices'
import { Tabs } from './frame/Tabs'
import { TITLES } from './frame/titles'
import { Near } from './near/Near'
import { restoreScroll, useRoute, type Route } from './routes'

// Only home is part of the first load; the service worker brings the others in behind it.
const District = lazy(() => import('./district/District').then((room) => ({ default: room.District })))
const Mine = lazy(() => import('./mine/Mine').then((room) => ({ default: room.Mine })))
const PlacePicker = lazy(() => import('./place/PlacePicker').then((room) => ({ default: room.PlacePicker })))
const Programme = lazy(() => import('./programme/Programme').then((room) => ({ default: room.Programme })))
const PickPage = lazy(() => import('./project/PickPage').then((room) => ({ default: room.PickPage })))
const ProjectPage = lazy(() => import('./project/ProjectPage').then((room) => ({ default: room.ProjectPage })))
const CardPage = lazy(() => import('./work/CardPage').then((room) => ({ default: room.CardPage })))
const CasePage = lazy(() => import('./cases/CasePage').then((room) => ({ default: room.CasePage })))
const CasesPage = lazy(() => import('./cases/CasesPage').then((room) => ({ default: room.CasesPage })))
const ReportPage = lazy(() => import('./report/ReportPage').then((room) => ({ default: room.ReportPage })))
const WorkPage = lazy(() => import('./work/WorkPage').then((room) => ({ default: room.WorkPage })))
const SlipPage = lazy(() => import('./slip/SlipPage').then((room) => ({ default: room.SlipPage })))
const LooksPage = lazy(() => import('./looks/LooksPage').then((room) => ({ default: room.LooksPage })))
const StopPage = lazy(() => import('./work/StopPage').then((room) => ({ default: room.StopPage })))
const NearbyPage = lazy(() => import('./nearby/NearbyPage').then((room) => ({ default: room.NearbyPage })))
const OutletPage = lazy(() => import('./nearby/OutletPage').then((room) => ({ default: room.OutletPage })))
const WishPage = lazy(() => import('./nearby/WishPage').then((room) => ({ default: room.WishPage })))
const TourPage = lazy(() => import('./tour/TourPage').then((room) => ({ default: room.TourPage })))
const SayPage = lazy(() => import('./project/SayPage').then((room) => ({ default: room.SayPage })))

const words = texts({ lost: ['没有这个页面。', 'There is no such page.'], skip: ['跳到正文', 'Skip to content'] })

function Page({ route }: { route: Route }) {
  const t = useTexts(words)
  switch (route.page) {
    case 'near': return <Near />
    case 'place': return <PlacePicker />
    case 'project': return <ProjectPage key={route.id} id={route.id} />
    case 'say': return <SayPage key={route.id} id={route.id} />
    case 'pick': return <PickPage />
    case 'programme': return <Programme />
    case 'district': return <District />
    case 'mine': return <Mine />
    case 'report': return <ReportPage />
    case 'cases': return <CasesPage />
    case 'case': return <CasePage key={route.id} number={route.id} />
    case 'work': return <WorkPage />
    case 'tour': return <TourPage />
    case 'card': return <CardPage key={route.id} id={Number(route.id)} />
    case 'stop': return <StopPage key={`${route.round} ${route.id}`} round={route.round} id={Number(route.id)} />
    case 'looks': return <LooksPage key={route.id} id={route.id} />
    case 'slip': return <SlipPage key={route.id} id={route.id} />
    case 'nearby': return <NearbyPage of={route.of} />
    case 'outlet': return <OutletPage key={route.id} of={route.of} id={Number(route.id)} />
    case 'wish': return <WishPage of={route.of} />
    case 'lost': return <p className="note">{t('lost')}</p>
  }
}

export function App() {
  const t = useTexts(words)
  const title = useTexts(TITLES)
  const route = useRoute()
  const address = JSON.stringify(route)
  useEffect(() => {
    document.title = title(route.page)
  }, [route.page, title])
  useLayoutEffect(restoreScroll, [address])
  return (
    <div className="m" data-page={route.page}>
      <a className="skip" href="#main">{t('skip')}</a>
      <Header route={route} />
      <Notices />
      <Tabs route={route} />
      <main id="main" tabIndex={-1}>
        <div className="page">
          <ErrorBoundary key={address} name={route.page}>
            <Suspense fallback={<Skeleton lines={6} height="3.5rem" />}><Page route={route} /></Suspense>
          </ErrorBoundary>
          <Help />
        </div>
      </main>
    </div>
  )
}

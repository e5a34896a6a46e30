/** The frame of the phone entry: header, notices, the page of the address, and the way between pages. */
import { useEffect } from 'react'
import { ErrorBoundary } from '../shared/ErrorBoundary'
import { texts, useTexts } from '../shared/i18n'
import { Help } from './parts/Help'
import { Header } from './frame/Header'
import { Notices } from './frame/Notices'
import { Tabs } from './frame/Tabs'
import { TITLES } from './frame/titles'
import { District } from './district/District'
import { Mine } from './mine/Mine'
import { Near } from './near/Near'
import { PlacePicker } from './place/PlacePicker'
import { Programme } from './programme/Programme'
import { PickPage } from './project/PickPage'
import { ProjectPage } from './project/ProjectPage'
import { SayPage } from './project/SayPage'
import { useRoute, type Route } from './routes'

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
    case 'lost': return <p className="note">{t('lost')}</p>
  }
}

export function App() {
  const t = useTexts(words)
  const title = useTexts(TITLES)
  const route = useRoute()
  useEffect(() => {
    document.title = title(route.page)
  }, [route.page, title])
  return (
    <div className="m" data-page={route.page}>
      <a className="skip" href="#main">{t('skip')}</a>
      <Header route={route} />
      <Notices />
      <main id="main" tabIndex={-1}>
        <ErrorBoundary key={JSON.stringify(route)} name={route.page}><Page route={route} /></ErrorBoundary>
        <Help />
      </main>
      <Tabs route={route} />
    </div>
  )
}

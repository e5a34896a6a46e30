/** Who is signed in decides what is shown: the sign-in page, or the desk with its pages, each loaded when first opened. */
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense, useMemo, type ReactNode } from 'react'
import { Route, Routes } from 'react-router'
import { useLang } from '../shared/i18n'
import { useSession } from '../shared/session'
import { Skeleton } from '../shared/States'
import { useTheme } from '../shared/theme'
import { Notices } from './parts/notice'
import { NotFound, ProblemPage } from './shell/Problems'
import { Shell } from './shell/Shell'
import { deskTheme } from './theme'

const SignIn = lazy(() => import('./signin/SignIn'))
const Home = lazy(() => import('./board/Home'))
const BoardPage = lazy(() => import('./board/BoardPage'))
const ListPage = lazy(() => import('./list/ListPage'))
const CreatePage = lazy(() => import('./record/CreatePage'))
const ImportPage = lazy(() => import('./imports/ImportPage'))
const ImportHistory = lazy(() => import('./imports/ImportHistory'))
const ImportEntryPage = lazy(() => import('./imports/ImportEntryPage'))
const CasesDesk = lazy(() => import('./cases/CasesDesk'))
const ReportPage = lazy(() => import('./report/ReportPage'))
const WebhooksPage = lazy(() => import('./webhooks/WebhooksPage'))
const AlarmsPage = lazy(() => import('./alarms/AlarmsPage'))
const PlacePage = lazy(() => import('./placepage/PlacePage'))
const ToursPage = lazy(() => import('./tours/ToursPage'))
const WayPage = lazy(() => import('./way/WayPage'))
const SearchPage = lazy(() => import('./shell/SearchPage'))

function Look({ children }: { children: ReactNode }) {
  const theme = useTheme()
  const lang = useLang()
  const config = useMemo(() => deskTheme(theme), [theme])
  return (
    <ConfigProvider theme={config} locale={lang === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      {children}
      <Notices />
    </ConfigProvider>
  )
}

function Pages() {
  return (
    <Suspense
      fallback={
        <div className="page">
          <Skeleton lines={6} />
        </div>
      }
    >
      <Routes>
        <Route index element={<Home />} />
        <Route path="pages/:page" element={<BoardPage />} />
        <Route path="records/:entity/new" element={<CreatePage />} />
        <Route path="records/:entity/:id?" element={<ListPage />} />
        <Route path="imports" element={<ImportHistory />} />
        <Route path="imports/new/:entity" element={<ImportPage />} />
        <Route path="imports/:id" element={<ImportEntryPage />} />
        <Route path="cases" element={<CasesDesk />} />
        <Route path="report" element={<ReportPage />} />
        <Route path="webhooks" element={<WebhooksPage />} />
        <Route path="alarms" element={<AlarmsPage />} />
        <Route path="places/:code?" element={<PlacePage />} />
        <Route path="tours" element={<ToursPage />} />
        <Route path="way" element={<WayPage />} />
        <Route path="search" element={<SearchPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  )
}

function Door() {
  const session = useSession()
  if (session.isPending)
    return (
      <div className="page">
        <Skeleton lines={6} />
      </div>
    )
  if (session.isError)
    return (
      <main className="page">
        <ProblemPage error={session.error} again={() => void session.refetch()} />
      </main>
    )
  if (!session.data.account)
    return (
      <Suspense fallback={null}>
        <SignIn session={session.data} />
      </Suspense>
    )
  return (
    <Shell session={session.data} account={session.data.account}>
      <Pages />
    </Shell>
  )
}

export function App() {
  return (
    <Look>
      <Door />
    </Look>
  )
}

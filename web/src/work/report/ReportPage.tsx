/** The monthly report: choose programme and month, read it as it will be printed, take it along, publish it. */
import { Button } from 'antd'
import { useEffect } from 'react'
import { useSearchParams } from 'react-router'
import { period } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import type { Row } from '../wire'
import { reportUrl, useEditions, useNewestMonth, useProgrammes, useReport } from './api'
import { Contradictions } from './Contradictions'
import { Edition } from './Edition'
import { monthsOf, monthToShow } from './months'
import { Publish } from './Publish'
import './report.css'
import { reportWords } from './words'

function useChoice(programmes: Row[]) {
  const [params, setParams] = useSearchParams()
  const newest = useNewestMonth()
  const programme = programmes.find((row) => String(row.id) === params.get('programme')) ?? programmes[0]
  const month = programme && !newest.isPending ? monthToShow(params.get('month') ?? '', newest.data ?? '', Number(programme['year'])) : ''
  const choose = (next: { programme?: string; month?: string }) =>
    setParams({ programme: next.programme ?? String(programme?.id ?? ''), ...(next.programme ? {} : { month: next.month ?? month }) })
  return { programme, month, choose }
}

interface ChoiceOf { programmes: Row[]; programme: Row; month: string; choose: ReturnType<typeof useChoice>['choose'] }

function Choices({ programmes, programme, month, choose }: ChoiceOf) {
  const t = useTexts(reportWords)
  return (
    <>
      <label><span>{t('programme')}</span>
        <select className="native-select" value={String(programme.id)} onChange={(event) => choose({ programme: event.target.value })}>
          {programmes.map((row) => <option key={row.id} value={String(row.id)}>{String(row['name'] ?? row.id)}</option>)}
        </select>
      </label>
      <label><span>{t('month')}</span>
        <select className="native-select" value={month} onChange={(event) => choose({ month: event.target.value })}>
          {monthsOf(Number(programme['year'])).map((one) => <option key={one} value={one}>{period(one)}</option>)}
        </select>
      </label>
    </>
  )
}

/** Without scripts, forms or our origin; a click on a number may leave the frame for the list behind it. */
const SANDBOX = 'allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox'

/** Links of the page lead the whole window, not the frame, to the records. */
export const framed = (page: string): string => page.replace(/<head>/i, '<head><base target="_top">')

function Preview({ programme, month }: { programme: Row; month: string }) {
  const t = useTexts(reportWords)
  const report = useReport(programme.id, month)
  if (report.isPending) return <div className="report-frame" role="status" aria-label={t('loading')}><Skeleton lines={12} /></div>
  if (report.isError) return <div className="report-frame"><ProblemPage error={report.error} again={() => void report.refetch()} /></div>
  return <iframe className="report-frame" title={t('preview')} sandbox={SANDBOX} srcDoc={framed(report.data)} />
}

export default function ReportPage() {
  const t = useTexts(reportWords)
  const programmes = useProgrammes()
  const rows = programmes.data?.rows ?? []
  const { programme, month, choose } = useChoice(rows)
  const editions = useEditions(programme?.id, month)
  useEffect(() => { document.title = t('title') }, [t])
  return (
    <div className="page report-page">
      <Crumbs path={[{ label: t('title') }]} />
      <header className="report-head">
        <h1>{t('title')}</h1>
        {programme && month && <Choices programmes={rows} programme={programme} month={month} choose={choose} />}
        {programme && month && (
          <div className="report-tools">
            <Button href={reportUrl(programme.id, month, 'pdf')} download>{t('pdf')}</Button>
            <Button href={reportUrl(programme.id, month, 'docx')} download>{t('docx')}</Button>
            <Publish programme={programme} month={month} editions={editions.data?.rows ?? []} />
          </div>
        )}
      </header>
      {programmes.isPending && <Skeleton lines={8} />}
      {programmes.isError && <Failed error={programmes.error} again={() => void programmes.refetch()} />}
      {programmes.isSuccess && !rows.length && <p className="nothing">{t('noProgramme')}</p>}
      {programme && month && (
        <div className="report-body">
          <Preview programme={programme} month={month} />
          <aside className="report-side"><Edition rows={editions.data?.rows ?? []} pending={editions.isPending} /><Contradictions programme={programme.id} /></aside>
        </div>
      )}
    </div>
  )
}

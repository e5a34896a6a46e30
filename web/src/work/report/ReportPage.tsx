/** The monthly report: choose programme and month, read it as it will be printed, take it along, publish it. */
import { Button } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { period } from '../../shared/format'
import { useLang, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import type { Id, Row } from '../wire'
import { reportUrl, useMonths, useProgrammes, useReportPage, useReportState, type Which } from './api'
import { Contradictions } from './Contradictions'
import { Deeds } from './Deeds'
import { Edition } from './Edition'
import { Numbers } from './Numbers'
import './report.css'
import { reportWords } from './words'

function useChoice(programmes: Row[]) {
  const [params, setParams] = useSearchParams()
  const programme = programmes.find((row) => String(row.id) === params.get('programme')) ?? programmes[0]
  const { months, isSuccess } = useMonths(programme?.id)
  const month = months.find((one) => one === params.get('month')) ?? months[0]
  const choose = (next: { programme?: string; month?: string }) =>
    setParams({ programme: next.programme ?? String(programme?.id ?? ''), ...(next.month ? { month: next.month } : {}) })
  return { programme, month, months, isSuccess, choose }
}

interface ChoiceOf {
  programmes: Row[]
  programme: Row
  month: string | undefined
  months: string[]
  choose: ReturnType<typeof useChoice>['choose']
}

function Choices({ programmes, programme, month, months, choose }: ChoiceOf) {
  const t = useTexts(reportWords)
  const lang = useLang()
  return (
    <>
      <label>
        <span>{t('programme')}</span>
        <select className="native-select" value={String(programme.id)} onChange={(event) => choose({ programme: event.target.value })}>
          {programmes.map((row) => (
            <option key={row.id} value={String(row.id)}>
              {String((lang === 'en' && row['name_en']) || row['name'] || row.id)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('month')}</span>
        <select className="native-select" value={month ?? ''} onChange={(event) => choose({ month: event.target.value })}>
          {months.map((one) => (
            <option key={one} value={one}>
              {period(one)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

/** Without scripts, forms or our origin; a click on a number may leave the frame for the list behind it. */
const SANDBOX = 'allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox'

/** Links of the page lead the whole window, not the frame, to the records. */
export const framed = (page: string): string => page.replace(/<head>/i, '<head><base target="_top">')

interface MonthOf {
  programme: Id
  month: string
}

function Preview({ programme, month, which }: MonthOf & { which: Which }) {
  const t = useTexts(reportWords)
  const page = useReportPage(programme, month, which)
  if (page.isPending)
    return (
      <div className="report-frame" role="status" aria-label={t('loading')}>
        <Skeleton lines={12} />
      </div>
    )
  if (page.isError)
    return (
      <div className="report-frame">
        <ProblemPage error={page.error} again={() => void page.refetch()} />
      </div>
    )
  return <iframe className="report-frame" title={t('preview')} sandbox={SANDBOX} srcDoc={framed(page.data)} />
}

function Month({ programme, month }: MonthOf) {
  const t = useTexts(reportWords)
  const [which, setWhich] = useState<Which>('published')
  const state = useReportState(programme, month)
  return (
    <>
      <div className="report-tools">
        <Button href={reportUrl(programme, month, 'pdf', which)} download>
          {t('pdf')}
        </Button>
        <Button href={reportUrl(programme, month, 'docx', which)} download>
          {t('docx')}
        </Button>
        {state.data && <Deeds report={state.data.report} />}
      </div>
      <div className="report-body">
        <Preview programme={programme} month={month} which={which} />
        <aside className="report-side" aria-label={t('about')}>
          {state.isPending && <Skeleton lines={8} />}
          {state.isError && <Failed error={state.error} again={() => void state.refetch()} />}
          {state.data && (
            <>
              <Edition state={state.data} which={which} onWhich={setWhich} />
              <Numbers numbers={state.data.numbers} />
              <Contradictions programme={programme} findings={state.data.contradictions} />
            </>
          )}
        </aside>
      </div>
    </>
  )
}

export default function ReportPage() {
  const t = useTexts(reportWords)
  const programmes = useProgrammes()
  const rows = programmes.data?.rows ?? []
  const { programme, month, months, isSuccess, choose } = useChoice(rows)
  return (
    <div className="page report-page">
      <Crumbs path={[{ label: t('title') }]} />
      <header className="report-head">
        <h1>{t('title')}</h1>
        {programme && <Choices programmes={rows} programme={programme} month={month} months={months} choose={choose} />}
      </header>
      {programmes.isPending && <Skeleton lines={8} />}
      {programmes.isError && <Failed error={programmes.error} again={() => void programmes.refetch()} />}
      {programmes.isSuccess && !rows.length && <p className="nothing">{t('noProgramme')}</p>}
      {programme && isSuccess && !month && <p className="nothing">{t('noMonth')}</p>}
      {programme && month && <Month key={`${programme.id} ${month}`} programme={programme.id} month={month} />}
    </div>
  )
}

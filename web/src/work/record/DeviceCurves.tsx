/** What a device measured: a curve for each kind of reading that the reader may see, over spans from a day to a year. */
import { useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useChartTheme } from '../../blocks/chartTheme'
import { curveOption, type CurveData } from '../../blocks/curve'
import { api } from '../../shared/api'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import type { Id, Model, RecordAnswer } from '../wire'
import { LedgerLine } from './LedgerLine'
import './curves.css'
import { SPANS, spanFrom, useSpanWords, type Span } from './spans'

const Canvas = lazy(() => import('../../blocks/Canvas'))
const COLUMNS = 600
const REFRESH_MS = 60_000

const words = texts({
  simulated: ['模拟', 'Simulated'],
  none: ['这段时间没有读数。', 'No readings in this span.'],
  nothing: ['这台设备还没有可以显示的读数。', 'This device has no readings to show yet.'],
  hidden: ['另有 {count} 种读数，因隐私级别不予显示。', '{count} more kinds of readings are not shown: their privacy class is higher.'],
  gaps: ['中断 {count} 次', '{count} gaps'],
  thinned: [
    '每个像素列保留首、末、最低、最高读数（M4）；线条断开处设备没有上报。每分钟更新。',
    'Of each column the first, last, lowest and highest reading stay (M4); the line breaks where the device was silent. Renewed every minute.',
  ],
})

interface Curves {
  begin: string
  end: string
  curves: CurveData[]
  hidden: number
}

function useCurves(id: Id, span: Span) {
  return useQuery({
    queryKey: ['curves', String(id), span],
    queryFn: ({ signal }) => api.get<Curves>(`/api/devices/${id}/curves`, { ...spanFrom(span), columns: COLUMNS }, signal),
    refetchInterval: REFRESH_MS,
    meta: { topics: [] },
  })
}

function One({ curve, begin, end }: { curve: CurveData; begin: string; end: string }) {
  const t = useTexts(words)
  const said = useSaid()
  const theme = useChartTheme()
  const option = useMemo(() => curveOption(curve, begin, end, theme), [curve, begin, end, theme])
  const unit = said(curve.unit)
  return (
    <section className="curve">
      <h3>
        {said(curve.label)}
        {unit && <span className="meta"> {unit}</span>}
        {curve.quality === 'simulated' && <span className="curve-mark">{t('simulated')}</span>}
        {curve.gaps.length > 0 && <span className="meta num"> {t('gaps', { count: curve.gaps.length })}</span>}
      </h3>
      <LedgerLine days={curve.ledger} />
      {curve.points.length ? (
        <div className="curve-box">
          <Suspense fallback={<Skeleton />}>
            <Canvas option={option} label={said(curve.label)} />
          </Suspense>
        </div>
      ) : (
        <p className="meta">{t('none')}</p>
      )}
    </section>
  )
}

export default function DeviceCurves({ answer }: { model: Model; answer: RecordAnswer }) {
  const t = useTexts(words)
  const spanWords = useSpanWords()
  const [span, setSpan] = useState<Span>('day')
  const found = useCurves(answer.record.id as Id, span)
  return (
    <div className="curves">
      <Radio.Group aria-label={spanWords('span')} value={span} optionType="button" onChange={(event) => setSpan(event.target.value as Span)}
        options={SPANS.map((key) => ({ value: key, label: spanWords(key) }))} />
      {found.isPending && <Skeleton lines={6} />}
      {found.isError && <Failed error={found.error} again={() => void found.refetch()} />}
      {found.data?.curves.map((curve) => <One key={curve.kind} curve={curve} begin={found.data.begin} end={found.data.end} />)}
      {found.data && !found.data.curves.length && <p className="meta">{t('nothing')}</p>}
      {found.data && found.data.hidden > 0 && <p className="meta">{t('hidden', { count: found.data.hidden })}</p>}
      {found.data && found.data.curves.length > 0 && <p className="meta">{t('thinned')}</p>}
    </div>
  )
}

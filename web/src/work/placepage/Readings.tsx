/** What the devices at a place measure together: for one kind the lowest and the highest over a span. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Radio, Select } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { components } from '../../api/schema'
import { bandOption, type BandData } from '../../blocks/band'
import { useChartTheme } from '../../blocks/chartTheme'
import { api } from '../../shared/api'
import { byFormat } from '../../shared/format'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { Failed, Skeleton } from '../../shared/States'
import '../record/curves.css'
import { LedgerLine } from '../record/LedgerLine'
import { SPANS, spanFrom, useSpanWords, type Span } from '../record/spans'

const Canvas = lazy(() => import('../../blocks/Canvas'))
type KindAt = components['schemas']['KindAt']
const REFRESH_MS = 60_000
const COLUMNS = 200

const words = texts({
  title: ['感知读数', 'Readings'],
  kind: ['读数类型', 'Kind of reading'],
  option: ['{kind}（{n} 台）', '{kind} ({n} devices)'],
  none: ['这段时间没有读数。', 'No readings in this span.'],
  counted: ['{n} 台设备有读数', 'readings of {n} devices'],
  devices: ['色带为 {n} 台设备读数的最低到最高；超过 6 小时按整点分段。每分钟更新。', 'From the lowest to the highest of {n} devices; over more than 6 hours by whole hours. Renewed every minute.'],
  some: ['图上是编号在前的 {n} 台，这里共有 {of} 台：选更小的地点可看全部。', 'These are the first {n} of {of} devices: choose a smaller place to see all.'],
  simulated: ['模拟', 'Simulated'],
})

const useKinds = (place: string) =>
  useQuery({
    queryKey: ['kindsAt', place],
    queryFn: ({ signal }) => api.get<KindAt[]>(`/api/curves/${place}/kinds`, {}, signal),
  })

const useBand = (place: string, kind: string, span: Span) =>
  useQuery({
    queryKey: ['band', place, kind, span],
    queryFn: ({ signal }) => api.get<BandData>('/api/curves', { ...spanFrom(span), place, kind, columns: COLUMNS }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    meta: { topics: [] },
  })

function Drawn({ band }: { band: BandData }) {
  const t = useTexts(words)
  const said = useSaid()
  const theme = useChartTheme()
  const counted = t('counted', { n: '{n}' })
  const option = useMemo(() => bandOption(band, counted, theme), [band, counted, theme])
  if (!band.points.length) return <p className="meta">{t('none')}</p>
  return (
    <>
      <div className="curve-box">
        <Suspense fallback={<Skeleton />}>
          <Canvas option={option} label={said(band.label)} />
        </Suspense>
      </div>
      <p className="meta">
        {band.quality === 'simulated' && <span className="curve-mark">{t('simulated')}</span>}
        {t('devices', { n: byFormat(band.devices) })}
        {band.of > band.devices && t('some', { n: byFormat(band.devices), of: byFormat(band.of) })}
      </p>
      <LedgerLine days={band.ledger} />
    </>
  )
}

function Chosen({ place, kinds }: { place: string; kinds: [KindAt, ...KindAt[]] }) {
  const t = useTexts(words)
  const said = useSaid()
  const spanWords = useSpanWords()
  const [chosen, setChosen] = useState('')
  const [span, setSpan] = useState<Span>('day')
  const kind = (kinds.find((one) => one.kind === chosen) ?? kinds[0]).kind
  const band = useBand(place, kind, span)
  const name = (one: KindAt) => t('option', { kind: said(one.label as unknown as Text), n: byFormat(one.devices) })
  return (
    <>
      <div className="row">
        <Select aria-label={t('kind')} value={kind} onChange={setChosen} popupMatchSelectWidth={false} showSearch optionFilterProp="label"
          options={kinds.map((one) => ({ value: one.kind, label: name(one) }))} />
        <Radio.Group aria-label={spanWords('span')} value={span} optionType="button" onChange={(event) => setSpan(event.target.value as Span)}
          options={SPANS.map((key) => ({ value: key, label: spanWords(key) }))} />
      </div>
      {band.isPending && <Skeleton lines={5} />}
      {band.isError && <Failed error={band.error} again={() => void band.refetch()} />}
      {band.data && <Drawn band={band.data} />}
    </>
  )
}

/** Nothing where no device's readings may be seen. */
export default function Readings({ place }: { place: string }) {
  const t = useTexts(words)
  const [first, ...more] = useKinds(place).data ?? []
  if (!first) return null
  return (
    <section className="place-readings">
      <h2>{t('title')}</h2>
      <div className="card">
        <Chosen place={place} kinds={[first, ...more]} />
      </div>
    </section>
  )
}

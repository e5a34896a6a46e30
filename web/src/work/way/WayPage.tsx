/** The way on foot from one point to another, in words and as a line, at the pace of whoever walks; over the gates that are open now. */
import { Button } from 'antd'
import type { Feature } from 'geojson'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState, type FormEvent } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { api } from '../../shared/api'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Label } from '../../shared/spec'
import { Skeleton } from '../../shared/States'
import type { Spot } from '../tours/api'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import './way.css'
import { EndSearch } from './EndSearch'
import { readSpot, writeSpot, type End } from './ends'
import { wayWords } from './words'

const RouteMap = lazy(() => import('../tours/TourMap').then((room) => ({ default: room.RouteMap })))
interface Way { seconds: number; metres: number; steps: { turn: string; text: Label; metres: number }[]; line: Spot[] }
interface Walker { key: string; label: Label; metres_per_minute: number; basis: string }

const useWalkers = () =>
  useQuery({ queryKey: ['walkers'], queryFn: ({ signal }) => api.get<{ walkers: Walker[] }>('/api/space/walk/walkers', {}, signal), staleTime: 3_600_000 })

function useWay(from: Spot | null, to: Spot | null, walker: string) {
  return useQuery({
    queryKey: ['way', from, to, walker],
    queryFn: ({ signal }) => api.post<Way>('/api/space/walk/route', { where: from, to, walker }, signal),
    enabled: from !== null && to !== null,
  })
}

const point = (at: Spot, kind: string, label: string): Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties: { tone: 1, kind, label } })

function featuresOf(from: Spot | null, to: Spot | null, way: Way | undefined): Feature[] {
  const line: Feature[] = way ? [{ type: 'Feature', geometry: { type: 'LineString', coordinates: way.line }, properties: { tone: 1 } }] : []
  return [...line, ...(from ? [point(from, 'stop', 'A')] : []), ...(to ? [point(to, 'stop', 'B')] : [])]
}

export default function WayPage() {
  const t = useTexts(wayWords)
  // Behind the #: where somebody stands must not come into a log of addresses.
  const { hash } = useLocation()
  const navigate = useNavigate()
  const params = new URLSearchParams(hash.slice(1))
  const [from, to] = [readSpot(params.get('from')), readSpot(params.get('to'))]
  const walker = params.get('walker') ?? 'adult'
  const next: End = from && !to ? 'to' : 'from'
  const [end, setEnd] = useState<End | null>(null)
  const way = useWay(from, to, walker)
  const put = (change: Record<string, string>) => {
    for (const [key, value] of Object.entries(change)) params.set(key, value)
    void navigate({ hash: params.toString() }, { replace: true })
  }
  const features = useMemo(() => featuresOf(from, to, way.data), [hash, way.data])
  const pressed = (at: Spot) => {
    put({ [end ?? next]: writeSpot(at) })
    setEnd(null)
  }
  return (
    <div className="page">
      <Crumbs path={[{ label: t('title') }]} />
      <h1>{t('title')}</h1>
      <div className="way">
        <section className="way-side">
          <OneEnd which="from" at={from} active={(end ?? next) === 'from'} onActive={setEnd} onSet={put} />
          <OneEnd which="to" at={to} active={(end ?? next) === 'to'} onActive={setEnd} onSet={put} />
          <Who walker={walker} onWalker={(key) => put({ walker: key })} />
          <p className="row">
            <Button disabled={!from || !to} onClick={() => from && to && put({ from: writeSpot(to), to: writeSpot(from) })}>{t('swap')}</Button>
            <Button disabled={!way.data} onClick={() => window.print()}>{t('print')}</Button>
          </p>
          <Told way={way} walker={walker} />
        </section>
        <Suspense fallback={<Skeleton lines={10} />}><RouteMap features={features} label={t('map')} onPress={pressed} /></Suspense>
      </div>
    </div>
  )
}

interface EndProps { which: End; at: Spot | null; active: boolean; onActive: (which: End) => void; onSet: (change: Record<string, string>) => void }

/** One end, by name, by pressing the map or as numbers. */
function OneEnd({ which, at, active, onActive, onSet }: EndProps) {
  const t = useTexts(wayWords)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const spot = readSpot(`${String(form.get('lon'))},${String(form.get('lat'))}`)
    if (spot) onSet({ [which]: writeSpot(spot) })
  }
  const name = t(which)
  return (
    <div className="way-end sheet" data-active={active || undefined}>
      <button type="button" className="way-name" aria-pressed={active} onClick={() => onActive(which)}><b>{which === 'from' ? 'A' : 'B'} {name}</b>{active && <small>{t('press', { which: name })}</small>}</button>
      <EndSearch name={name} at={at} onFound={(spot) => onSet({ [which]: writeSpot(spot) })} />
      <form onSubmit={submit} key={writeSpot(at ?? [0, 0])}>
        <input name="lon" className="native-select num" aria-label={`${name}${t('lon')}`} placeholder={t('lon')} inputMode="decimal" defaultValue={at?.[0] ?? ''} />
        <input name="lat" className="native-select num" aria-label={`${name}${t('lat')}`} placeholder={t('lat')} inputMode="decimal" defaultValue={at?.[1] ?? ''} />
        <Button htmlType="submit">{t('set')}</Button>
      </form>
    </div>
  )
}

function Who({ walker, onWalker }: { walker: string; onWalker: (key: string) => void }) {
  const t = useTexts(wayWords)
  const said = useSaid()
  const walkers = useWalkers().data?.walkers ?? []
  return (
    <label>{t('walker')} <select className="native-select" value={walker} onChange={(event) => onWalker(event.target.value)}>
      {walkers.map((one) => <option key={one.key} value={one.key}>{said(one.label)}</option>)}
    </select></label>
  )
}

function Told({ way, walker }: { way: ReturnType<typeof useWay>; walker: string }) {
  const t = useTexts(wayWords)
  const said = useSaid()
  const who = useWalkers().data?.walkers.find(({ key }) => key === walker)
  if (way.isError) return <ProblemPage error={way.error} again={() => void way.refetch()} />
  if (!way.data) return <p className="nothing">{t('none')}</p>
  const { metres, seconds, steps } = way.data
  return (
    <div role="status" className="sheet way-told">
      <p><b>{t('sum', { m: Math.round(metres), n: Math.ceil(seconds / 60), walker: said(who?.label), pace: who?.metres_per_minute ?? '' })}</b></p>
      <ol>{steps.map((step, index) => <li key={index}>{said(step.text)}</li>)}</ol>
      <p className="meta">{t('gates')}</p>
    </div>
  )
}

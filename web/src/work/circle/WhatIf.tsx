/** A change is chosen here and kept in the address; the panel below it answers. Nothing is stored unless it is kept as a proposal. */
import { Button, Input } from 'antd'
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { canDraw } from '../../screen/map/drawing'
import { api, Problem } from '../../shared/api'
import { ErrorBoundary } from '../../shared/ErrorBoundary'
import { useData } from '../../shared/data'
import { useSaid, useTexts } from '../../shared/i18n'
import { narrow, useScope, type ScopeValues } from '../../shared/scope'
import type { Row, Text } from '../../shared/spec'
import { Skeleton } from '../../shared/States'
import { recordAddress } from '../paths'
import type { Id, Saved } from '../wire'
import type { Point } from './PointMap'
import './circle.css'
import { circleWords } from './words'

const PointMap = lazy(() => import('./PointMap'))

const PROPOSAL = 'life_circle.proposal'
const CHANGES = ['open', 'close', 'move', 'gate'] as const
type Change = (typeof CHANGES)[number]
const AROUND = { source: 'life_circle.around', params: { lon: '$scope.lon', lat: '$scope.lat', walker: '$scope.walker' } }
const KINDS = { source: 'life_circle.kinds' }

const pointOf = ({ lon, lat }: ScopeValues): Point | null => (lon && lat ? [Number(lon), Number(lat)] : null)
const choose = ([lon, lat]: Point): void => narrow({ lon: lon.toFixed(6), lat: lat.toFixed(6) })

function Changes({ change }: { change: Change }) {
  const t = useTexts(circleWords)
  return (
    <fieldset className="whatif-changes">
      <legend>{t('change')}</legend>
      {CHANGES.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="change"
            checked={one === change}
            onChange={() => narrow({ change: one, outlet: undefined, way: undefined })}
          />
          {t(one)}
        </label>
      ))}
    </fieldset>
  )
}

interface PickProps {
  name: 'kind' | 'outlet' | 'way'
  label: string
  rows: readonly Row[]
  missing?: string
}

function Pick({ name, label, rows, missing = '' }: PickProps) {
  const t = useTexts(circleWords)
  const said = useSaid()
  const value = useScope()[name] ?? ''
  const known = rows.some((row) => String(row[name]) === value)
  return (
    <label className="whatif-field">
      <span>{label}</span>
      <select className="native-select" value={value} onChange={(event) => narrow({ [name]: event.target.value || undefined })}>
        <option value="">{t('choose')}</option>
        {value && !known && <option value={value}>{missing || value}</option>}
        {rows.map((row) => (
          <option key={String(row[name])} value={String(row[name])}>
            {said(row['name'] as Text)}
            {typeof row['metres'] === 'number' ? ` · ${t('metres', { n: row['metres'] })}` : ''}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The same point as numbers, for those who cannot press a map. */
function Where({ point }: { point: Point | null }) {
  const t = useTexts(circleWords)
  const [lon, lat] = point ?? ['', '']
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const next: Point = [Number(form.get('lon')), Number(form.get('lat'))]
    if (next.every((one) => Number.isFinite(one) && one !== 0)) choose(next)
  }
  return (
    <form className="whatif-where" onSubmit={submit} key={`${lon} ${lat}`}>
      <span className="meta">{t('click')}</span>
      <Input name="lon" aria-label={t('lon')} placeholder={t('lon')} inputMode="decimal" defaultValue={lon} />
      <Input name="lat" aria-label={t('lat')} placeholder={t('lat')} inputMode="decimal" defaultValue={lat} />
      <Button htmlType="submit">{t('set')}</Button>
    </form>
  )
}

const number = (text: string | undefined): number | null => (text ? Number(text) : null)

/** What the proposal's action asks, from the address. */
export const valuesOf = (title: string, scope: ScopeValues): Row => ({
  title,
  change: scope['change'] ?? 'open',
  kind: scope['change'] === 'open' ? (scope['kind'] ?? '') : '',
  walker: scope['walker'] ?? 'adult',
  outlet: number(scope['outlet']),
  way: number(scope['way']),
  lon: number(scope['lon']),
  lat: number(scope['lat']),
})

function Keep() {
  const t = useTexts(circleWords)
  const scope = useScope()
  const [said, setSaid] = useState('')
  const [kept, setKept] = useState<Id | null>(null)
  const keep = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const title = String(new FormData(event.currentTarget).get('title') ?? '').trim()
    setKept(null)
    if (!title) return setSaid(t('needTitle'))
    try {
      const answer = await api.post<Saved>(`/api/records/${PROPOSAL}/actions/propose`, { values: valuesOf(title, scope) })
      setKept(answer.record.id)
      setSaid('')
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setSaid(error.errors[0]?.message ?? error.message)
    }
  }
  return (
    <form className="whatif-keep" onSubmit={(event) => void keep(event)}>
      <Input name="title" maxLength={80} aria-label={t('title')} placeholder={t('title')} />
      <Button htmlType="submit" type="primary">
        {t('keep')}
      </Button>
      <span role="status">
        {said}
        {kept !== null && (
          <>
            {t('kept')}
            <Link to={recordAddress(PROPOSAL, kept)}>{kept}</Link>
          </>
        )}
      </span>
    </form>
  )
}

export default function WhatIf() {
  const t = useTexts(circleWords)
  const scope = useScope()
  const change = CHANGES.find((one) => one === scope['change']) ?? 'open'
  const point = pointOf(scope)
  const kinds = useData(KINDS).envelope?.rows ?? []
  const near = useData(point ? AROUND : null).envelope?.rows ?? []
  const of = (what: string) => near.filter((row) => row['what'] === what)
  return (
    <div className="whatif">
      <div className="whatif-form">
        <Changes change={change} />
        <Where point={point} />
        {change === 'open' && <Pick name="kind" label={t('kind')} rows={kinds} />}
        {(change === 'close' || change === 'move') && (
          <Pick name="outlet" label={t('outlet')} rows={of('outlet')} missing={t('away', { n: scope['outlet'] ?? '' })} />
        )}
        {change === 'gate' && <Pick name="way" label={t('way')} rows={of('way')} />}
        <Keep />
      </div>
      {canDraw() ? (
        <ErrorBoundary name="map">
          <Suspense fallback={<Skeleton lines={8} />}>
            <PointMap
              point={point}
              onChoose={(next) => {
                if (!scope['change']) narrow({ change })
                choose(next)
              }}
            />
          </Suspense>
        </ErrorBoundary>
      ) : (
        <p className="nothing">{t('noMap')}</p>
      )}
    </div>
  )
}

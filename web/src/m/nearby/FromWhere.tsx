/** From where: this phone, my place, an address, or a touch on the map. Nothing is sent before one of them was chosen. */
import { useState, type FormEvent } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { urlOf } from '../../shared/api'
import type { Text } from '../../shared/spec'
import { useKept } from '../data/kept'
import type { Envelope } from '../data/programme'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { useHome } from '../place/home'
import { homeAt } from '../place/homeAt'
import { locate, whyNoLocating } from '../place/locate'
import { MapPick } from '../place/MapPick'
import type { Point } from '../place/shapes'
import { setFrom, useFrom } from './from'

const words = texts({
  title: ['从哪里走？', 'From where?'],
  why: ['要算步行时间，位置会取整到约 10 米后发给区里的服务器，用完不留。', 'To reckon the walk, your position, rounded to some 10 m, is sent to the district\'s server and not kept.'],
  phone: ['我现在的位置', 'Where I am now'], locating: ['正在定位…', 'Locating…'],
  address: ['输入地址或小区', 'An address or a compound'], map: ['在地图上点', 'Touch the map'],
  search: ['找', 'Find'], none: ['没有找到这个地址，换个写法，或在地图上点。', 'This address was not found. Write it otherwise, or touch the map.'],
  denied: ['没有得到定位许可，请输入地址，或在地图上点。', 'Locating was not allowed: type an address, or touch the map.'],
  failed: ['现在定不到位置，请输入地址，或在地图上点。', 'The position is not available: type an address, or touch the map.'],
  here: ['已定位的点', 'where I am'], point: ['地图上的点', 'the point on the map'],
})
/** The middle of the reference district, where nothing better is known. */
const DISTRICT: Point = { lon: 117.223, lat: 39.083 }
type Way = 'address' | 'map' | null
type Trouble = 'denied' | 'failed' | 'locating' | null

export function FromWhere({ onDone }: { onDone: () => void }) {
  const t = useTexts(words)
  const home = useHome()
  const from = useFrom()
  const [way, setWay] = useState<Way>(null)
  const [trouble, setTrouble] = useState<Trouble>(null)
  const take = async (point: Point, name: string) => {
    await setFrom({ lon: point.lon, lat: point.lat, name })
    onDone()
  }
  const named = async (point: Point, otherwise: string) => take(point, (await homeAt(point).catch(() => null))?.name ?? otherwise)
  const here = async () => {
    setTrouble('locating')
    const point = await locate()
    if (typeof point === 'string') return setTrouble(point === 'denied' ? 'denied' : 'failed')
    await named(point, t('here'))
  }
  const start = from ?? home ?? DISTRICT
  return (
    <section className="card from" aria-labelledby="from-title">
      <h2 id="from-title">{t('title')}</h2>
      <p className="privacy">{t('why')}</p>
      <div className="ways">
        {!whyNoLocating() && <button type="button" className="way" onClick={() => void here()}><Icon name="pin" />{t(trouble === 'locating' ? 'locating' : 'phone')}</button>}
        {home && <button type="button" className="way" onClick={() => void take(home, home.name)}><Icon name="person" />{home.name}</button>}
        <button type="button" className="way" aria-pressed={way === 'address'} onClick={() => setWay(way === 'address' ? null : 'address')}><Icon name="search" />{t('address')}</button>
        <button type="button" className="way" aria-pressed={way === 'map'} onClick={() => setWay(way === 'map' ? null : 'map')}><Icon name="district" />{t('map')}</button>
      </div>
      {trouble && trouble !== 'locating' && <p className="fault" role="alert">{t(trouble)}</p>}
      {way === 'address' && <ByAddress onPick={(point, name) => void take(point, name)} />}
      {way === 'map' && <MapPick start={{ lon: start.lon, lat: start.lat }} onPick={(point) => void named(point, t('point'))} />}
    </section>
  )
}

interface Place extends Record<string, unknown> { code: string; name: Text; lon: number | null; lat: number | null }

function ByAddress({ onPick }: { onPick: (point: Point, name: string) => void }) {
  const t = useTexts(words)
  const said = useSaid()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const answer = useKept<Envelope<Place>>(asked ? urlOf('/api/data/space.places', { q: asked }) : null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(typed.trim())
  }
  return (
    <>
      <form className="search" role="search" onSubmit={submit}>
        <Icon name="search" />
        <input type="search" value={typed} aria-label={t('address')} placeholder={t('address')} onChange={(event) => setTyped(event.target.value)} />
        <button type="submit" className="button quiet">{t('search')}</button>
      </form>
      {asked && <Loading answer={answer}>{(body) => {
        const rows = body.rows.filter(({ lon, lat }) => lon !== null && lat !== null)
        if (!rows.length) return <p className="note" role="status">{t('none')}</p>
        return (
          <ul className="choices single">
            {rows.slice(0, 8).map((row) => (
              <li key={row.code}><button type="button" className="choice" onClick={() => onPick({ lon: row.lon ?? 0, lat: row.lat ?? 0 }, said(row.name))}>{said(row.name)}</button></li>
            ))}
          </ul>
        )
      }}</Loading>}
    </>
  )
}

/** One end of a way by the name or address of a place. */
import { Input } from 'antd'
import { useDeferredValue, useEffect, useState } from 'react'
import { api } from '../../shared/api'
import { useSaid, useTexts } from '../../shared/i18n'
import type { PlaceTold } from '../placepage/api'
import { usePlacesNamed, type PlaceRow } from '../places'
import type { Spot } from '../tours/api'
import { writeSpot } from './ends'
import { wayWords } from './words'

interface Props { name: string; at: Spot | null; onFound: (at: Spot) => void }

export function EndSearch({ name, at, onFound }: Props) {
  const t = useTexts(wayWords)
  const said = useSaid()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState('')
  const [told, setTold] = useState('')
  const [where, setWhere] = useState('')
  const now = at ? writeSpot(at) : ''
  // Moved by the map, by numbers or by swapping: it is no longer the place that was found.
  useEffect(() => {
    if (!where || where === now) return
    setTyped('')
    setWhere('')
  }, [where, now])
  const q = useDeferredValue(typed.trim())
  const found = usePlacesNamed(q === chosen ? '' : q)
  const type = (text: string) => {
    setTyped(text)
    setTold('')
  }
  const choose = async (place: PlaceRow) => {
    const { lon, lat } = await api.get<PlaceTold>(`/api/space/${place.code}/place`)
    setChosen(said(place.name))
    setTyped(said(place.name))
    if (lon === null || lat === null) setTold(t('unplaced'))
    else {
      setWhere(writeSpot([lon, lat]))
      onFound([lon, lat])
    }
  }
  const press = (place: PlaceRow) => void choose(place).catch((error: unknown) => setTold(error instanceof Error ? error.message : String(error)))
  return (
    <div className="way-search">
      <Input value={typed} onChange={(event) => type(event.target.value)} placeholder={t('find')} aria-label={`${name}：${t('find')}`} allowClear />
      {q && q !== chosen && found.data && (
        <ul aria-label={t('found')}>
          {found.data.map((place) => <li key={place.code}><button type="button" onClick={() => press(place)}>{said(place.name)}<span className="meta num">{place.code}</span></button></li>)}
          {!found.data.length && <li className="meta">{t('nothing')}</li>}
        </ul>
      )}
      {told && <p className="meta" role="status">{told}</p>}
    </div>
  )
}

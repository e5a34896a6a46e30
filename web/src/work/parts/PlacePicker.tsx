/** Choosing a place: by name, or step by step down the tree. Everything is a plain button, so keys and speech work. */
import { Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { useSession } from '../../shared/session'
import { Failed, Skeleton } from '../../shared/States'
import { formWords } from '../form/words'
import { parentOf, usePathTo, usePlacesIn, usePlacesNamed, type PlaceRow } from '../places'
import './place.css'

export interface Chosen {
  code: string
  name: string
}
interface PickerOf {
  value: string
  onChoose: (place: Chosen) => void
}

/** The levels above, each of them a way back up. */
function Path({ at, onGo, onChoose }: { at: string; onGo: (code: string) => void; onChoose: (place: Chosen) => void }) {
  const t = useTexts(formWords)
  const said = useSaid()
  const path = usePathTo(at).data ?? []
  const here = path.at(-1)
  return (
    <div className="place-path">
      {path.map((place) => (
        <button type="button" className="crumb" key={place.code} onClick={() => onGo(place.code)}>
          {said(place.name)}
        </button>
      ))}
      {here && (
        <button type="button" className="place-here" onClick={() => onChoose({ code: here.code, name: said(here.name) })}>
          {t('placeHere', { place: said(here.name) })}
        </button>
      )}
    </div>
  )
}

interface LinesOf {
  rows: PlaceRow[]
  value: string
  onChoose: (place: Chosen) => void
  onGo: (code: string) => void
}

function Lines({ rows, value, onChoose, onGo }: LinesOf) {
  const t = useTexts(formWords)
  const said = useSaid()
  return (
    <ul className="place-lines">
      {rows.map((place) => (
        <li key={place.code}>
          <button type="button" aria-pressed={place.code === value} onClick={() => onChoose({ code: place.code, name: said(place.name) })}>
            {said(place.name)}
          </button>
          {Boolean(place.children) && (
            <button
              type="button"
              className="place-down"
              aria-label={t('placeDown', { place: said(place.name) })}
              onClick={() => onGo(place.code)}
            >
              ›
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

export function PlacePicker({ value, onChoose }: PickerOf) {
  const t = useTexts(formWords)
  const district = useSession().data?.district.code ?? ''
  const [at, setAt] = useState(value ? parentOf(value) : district)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const inside = usePlacesIn(at)
  const named = usePlacesNamed(q)
  const shown = q ? named : inside
  return (
    <div className="place-picker">
      <Input
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t('placeSearch')}
        aria-label={t('placeSearch')}
        allowClear
      />
      {!q && at && <Path at={at} onGo={setAt} onChoose={onChoose} />}
      {shown.isPending && <Skeleton lines={4} />}
      {shown.isError && <Failed error={shown.error} again={() => void shown.refetch()} />}
      {shown.data && (
        <Lines
          rows={shown.data}
          value={value}
          onChoose={onChoose}
          onGo={(code) => {
            setTyped('')
            setAt(code)
          }}
        />
      )}
      {shown.data?.length === 0 && <p className="meta">{t('searchNone')}</p>}
    </div>
  )
}

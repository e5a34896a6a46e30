/** One place: where it lies, what is in it, what hangs on it, which codes it had. The district's page is the beginning of the tree. */
import { Input } from 'antd'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useSaid, useTexts } from '../../shared/i18n'
import { useSession } from '../../shared/session'
import type { Text } from '../../shared/spec'
import { Skeleton } from '../../shared/States'
import { LinkButton } from '../parts/LinkButton'
import { importPath, listPath, placePath, placesPath } from '../paths'
import { usePlacesNamed } from '../places'
import { useModelNames } from '../shell/models'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import { ADDRESS_LIST, usePlace, type PlaceTold } from './api'
import { Codes, Facts, Hangs, History, Parts } from './sections'
import './placepage.css'
import { placePageWords } from './words'

const Readings = lazy(() => import('./Readings'))

/** Names of places are texts in both languages; the schema says only that they are objects. */
const text = (value: Record<string, string>): Text => value as unknown as Text

function Search() {
  const t = useTexts(placePageWords)
  const said = useSaid()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = usePlacesNamed(q)
  return (
    <div className="place-search">
      <Input value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t('find')} aria-label={t('find')} allowClear />
      {q && found.data && (
        <ul className="place-found" aria-label={t('found')}>
          {found.data.map((place) => (
            <li key={place.code}>
              <Link to={placePath(place.code)} onClick={() => setTyped('')}>
                {said(place.name)}
                <span className="meta num">{place.code}</span>
              </Link>
            </li>
          ))}
          {!found.data.length && <li className="meta">{t('nothingFound', { q })}</li>}
        </ul>
      )}
    </div>
  )
}

function Ended({ place }: { place: PlaceTold }) {
  const t = useTexts(placePageWords)
  const said = useSaid()
  if (!place.ended) return null
  const { successor } = place
  return (
    <p className="place-ended" role="note">
      {t('ended', { day: place.ended })}
      {successor ? (
        <Link to={placePath(successor.code)}>{t('endedBy', { place: said(text(successor.name)) })}</Link>
      ) : (
        t('endedAlone')
      )}
    </p>
  )
}

function Lists() {
  const t = useTexts(placePageWords)
  const models = useModelNames().data ?? []
  if (!models.some((model) => model.name === ADDRESS_LIST)) return null
  return (
    <div className="row place-lists">
      <LinkButton to={listPath(ADDRESS_LIST)}>{t('lists')}</LinkButton>
      <LinkButton to={importPath(ADDRESS_LIST)}>{t('importList')}</LinkButton>
    </div>
  )
}

function Body({ place }: { place: PlaceTold }) {
  return (
    <>
      <Ended place={place} />
      <Facts place={place} />
      <div className="place-columns">
        <div className="place-side">
          <Parts place={place} />
          <Suspense>
            <Readings key={place.code} place={place.code} />
          </Suspense>
        </div>
        <div className="place-side">
          <Hangs code={place.code} />
          <Codes place={place} />
          <History place={place} />
        </div>
      </div>
    </>
  )
}

export default function PlacePage() {
  const t = useTexts(placePageWords)
  const said = useSaid()
  const district = useSession().data?.district.code ?? ''
  const code = useParams()['code'] ?? district
  const place = usePlace(code)
  if (place.error)
    return (
      <div className="page">
        <ProblemPage error={place.error} again={() => void place.refetch()} />
      </div>
    )
  const path = place.data?.path ?? []
  const kindOf = (told: PlaceTold) => [said(text(told.level)), told.generated && t('generated')].filter(Boolean).join(' · ')
  const above = path.map((one) => ({ label: said(text(one.name)), to: placePath(one.code) }))
  const here = place.data ? [{ label: said(text(place.data.name)) }] : []
  return (
    <div className="page">
      <Crumbs path={[{ label: t('title'), to: placesPath }, ...above, ...here]} />
      <header className="row between place-head">
        <div>
          <h1>{place.data ? said(text(place.data.name)) : t('title')}</h1>
          <p className="meta">{place.data ? kindOf(place.data) : t('about')}</p>
        </div>
        <Lists />
      </header>
      <Search />
      {place.data ? <Body place={place.data} /> : <Skeleton lines={8} />}
    </div>
  )
}

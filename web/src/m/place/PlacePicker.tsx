/** Choosing one's place: locate, or street first and then community. One question per step. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { useKept } from '../data/kept'
import { COMMUNITIES, STREETS } from '../data/projects'
import { Loading } from '../parts/Loading'
import { Provenance } from '../parts/Provenance'
import { back } from '../routes'
import { areasOf, type Area, type AreaLayer } from './areas'
import { setHome, useHome } from './home'
import { LocateButton } from './LocateButton'

const words = texts({
  street: ['您在哪个街道？', 'Which sub-district?'],
  community: ['在{street}哪个社区？', 'Which community in {street}?'],
  whole: ['不选社区，就用{street}', 'No community: use {street}'],
  other: ['换一个街道', 'Another sub-district'],
  why: ['位置只存在这部手机里，不会发出去。', 'Your place stays on this phone and is not sent.'],
  forget: ['不再记住我的位置', 'Forget my place'],
})

const leave = (): void => back({ page: 'near' })

function Choices({ areas, onChoose }: { areas: Area[]; onChoose: (area: Area) => void }) {
  const said = useSaid()
  const home = useHome()
  return (
    <ul className="choices">
      {areas.map((area) => (
        <li key={area.code}>
          <button type="button" className="choice" aria-pressed={home?.code === area.code} onClick={() => onChoose(area)}>{said(area.name)}</button>
        </li>
      ))}
    </ul>
  )
}

export function PlacePicker() {
  const t = useTexts(words)
  const said = useSaid()
  const home = useHome()
  const [street, setStreet] = useState<Area | null>(null)
  const choose = ({ code, name, at }: { code: string; name: Text; at: Area['at'] }) => {
    if (!at) return
    setHome({ ...at, code, name: said(name), by: 'chosen' })
    leave()
  }
  return (
    <div className="place-page">
      {!street && <section className="card ask"><p>{t('why')}</p><div className="buttons"><LocateButton onLocated={leave} />
        {home && <button type="button" className="button" onClick={() => { setHome(null); leave() }}>{t('forget')}</button>}</div></section>}
      {street ? <Communities street={street} onChoose={choose} onOther={() => setStreet(null)} /> : <Streets onChoose={setStreet} />}
    </div>
  )
}

function Streets({ onChoose }: { onChoose: (area: Area) => void }) {
  const t = useTexts(words)
  const layer = useKept<AreaLayer>(STREETS)
  return (
    <section className="card" aria-labelledby="street-title">
      <h2 id="street-title">{t('street')}</h2>
      <Loading answer={layer}>{(body) => <Choices areas={areasOf(body)} onChoose={onChoose} />}</Loading>
    </section>
  )
}

function Communities({ street, onChoose, onOther }: { street: Area; onChoose: (area: Area) => void; onOther: () => void }) {
  const t = useTexts(words)
  const name = useSaid()(street.name)
  const layer = useKept<AreaLayer>(COMMUNITIES)
  return (
    <section className="card" aria-labelledby="community-title">
      <h2 id="community-title">{t('community', { street: name })}</h2>
      <div className="buttons">
        <button type="button" className="button" onClick={() => onChoose(street)}>{t('whole', { street: name })}</button>
        <button type="button" className="button" onClick={onOther}>{t('other')}</button>
      </div>
      <Loading answer={layer} lines={6}>
        {(body) => <><Choices areas={areasOf(body, street.code)} onChoose={onChoose} /><Provenance origin={body.origin} quality={body.quality} /></>}
      </Loading>
    </section>
  )
}

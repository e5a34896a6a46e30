/** Street first, then community, by the phone's own lists. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { useKept } from '../data/kept'
import { COMMUNITIES, STREETS } from '../data/projects'
import { Loading } from '../parts/Loading'
import { areasOf, type Area, type AreaLayer } from './areas'

const words = texts({
  street: ['街道', 'Sub-district'], community: ['社区', 'Community'], pick: ['请选择', 'Choose'], any: ['不清楚哪个社区', 'Not sure which'],
})

export function ChooseArea({ onChoose }: { onChoose: (area: Area) => void }) {
  const t = useTexts(words)
  const [street, setStreet] = useState('')
  const streets = useKept<AreaLayer>(STREETS)
  const communities = useKept<AreaLayer>(COMMUNITIES)
  const pick = (areas: Area[], code: string) => {
    const area = areas.find((one) => one.code === code)
    if (area) onChoose(area)
  }
  return (
    <Loading answer={streets} lines={2}>
      {(body) => (
        <div className="two">
          <Options label={t('street')} first={t('pick')} areas={areasOf(body)} onPick={(areas, code) => { setStreet(code); pick(areas, code) }} />
          {street && <Options key={street} label={t('community')} first={t('any')} areas={areasOf(communities.body, street)} onPick={pick} />}
        </div>
      )}
    </Loading>
  )
}

interface OptionsProps { label: string; first: string; areas: Area[]; onPick: (areas: Area[], code: string) => void }

function Options({ label, first, areas, onPick }: OptionsProps) {
  const said = useSaid()
  return (
    <label className="field">{label}
      <select className="select wide" defaultValue="" onChange={(event) => onPick(areas, event.target.value)}>
        <option value="">{first}</option>
        {areas.map((area) => <option key={area.code} value={area.code}>{said(area.name)}</option>)}
      </select>
    </label>
  )
}

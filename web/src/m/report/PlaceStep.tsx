/** Where it is: by the photo, the phone, the map, or by choosing. */
import { useState } from 'react'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { Icon } from '../parts/Icon'
import { ChooseArea } from '../place/ChooseArea'
import { GroundMap } from '../place/GroundMap'
import { useHome } from '../place/home'
import { homeAt } from '../place/homeAt'
import { locate, whyNoLocating } from '../place/locate'
import { MapPick } from '../place/MapPick'
import type { Point } from '../place/shapes'
import { change, useReport, type PlaceBy, type Spot } from './draft'
import { goStep, Step } from './Step'

const words = texts({
  title: ['在哪里？', 'Where is it?'],
  help: ['位置随这件事一起交给办理单位。', 'The place goes to the office that handles it.'],
  photo: ['用照片里的位置', 'The place of the photo'],
  phone: ['我就在这里', 'I am there now'],
  map: ['在地图上选', 'On the map'],
  chosen: ['选社区、写地址', 'By community and address'],
  locating: ['正在定位…', 'Locating…'],
  denied: ['没有得到定位许可，请在地图上选，或选社区。', 'Locating was not allowed. Choose on the map, or by community.'],
  failed: ['现在定不到位置，请在地图上选，或选社区。', 'The position is not available. Choose on the map, or by community.'],
  is: ['位置：{name}', 'Place: {name}'],
  unknown: ['已选的点', 'the point chosen'],
  by_photo: ['来自照片', 'from the photo'], by_phone: ['来自手机定位', 'from the phone'], by_map: ['在地图上选的', 'chosen on the map'], by_chosen: ['自己选的社区', 'chosen from the list'],
  address: ['说清楚是哪儿', 'Say exactly where'],
  addressHint: ['例如：3 号楼东门口、公交站旁', 'For example: by the east door of block 3'],
  optional: ['（可以不写）', '(optional)'],
  missing: ['请先选一个位置', 'Please choose a place first'],
  map_of: ['选定位置示意图：{name}', 'Sketch of the place: {name}'],
})
/** The middle of the reference district, where nothing better is known. */
const DISTRICT: Point = { lon: 117.223, lat: 39.083 }
const MAP_WIDTH_M = 500

async function spotAt(point: Point, by: PlaceBy): Promise<Spot> {
  const home = await homeAt(point).catch(() => null)
  return { point, place: home?.code ?? '', name: home?.name ?? '', by }
}

export function PlaceStep() {
  const t = useTexts(words)
  const { spot, photos, address } = useReport()
  const [asking, setAsking] = useState<PlaceBy | null>(null)
  const [trouble, setTrouble] = useState<'denied' | 'failed' | 'missing' | 'locating' | null>(null)
  const ofPhoto = photos.find((photo) => photo.point)?.point
  const take = async (point: Point, by: PlaceBy) => {
    setAsking(null)
    setTrouble(null)
    change({ spot: { point, place: '', name: '', by } })
    change({ spot: await spotAt(point, by) })
  }
  const here = async () => {
    setAsking(null)
    setTrouble('locating')
    const point = await locate()
    if (typeof point === 'string') setTrouble(point === 'denied' ? 'denied' : 'failed')
    else await take(point, 'phone')
  }
  const next = () => (spot ? void goStep('what') : setTrouble('missing'))
  const isFault = trouble !== null && trouble !== 'locating'
  return (
    <Step title={t('title')} help={t('help')} fault={isFault ? t(trouble) : ''} onNext={next}>
      {spot && <Chosen spot={spot} />}
      <div className="ways">
        {ofPhoto && <Way onClick={() => void take(ofPhoto, 'photo')} word={t('photo')} icon="camera" pressed={spot?.by === 'photo'} />}
        {!whyNoLocating() && <Way onClick={() => void here()} word={t(trouble === 'locating' ? 'locating' : 'phone')} icon="pin" pressed={spot?.by === 'phone'} />}
        <Way onClick={() => setAsking(asking === 'map' ? null : 'map')} word={t('map')} icon="district" pressed={spot?.by === 'map'} />
        <Way onClick={() => setAsking(asking === 'chosen' ? null : 'chosen')} word={t('chosen')} icon="list" pressed={spot?.by === 'chosen'} />
      </div>
      {asking === 'map' && <Map spot={spot} onPick={(point) => void take(point, 'map')} />}
      {asking === 'chosen' && <Choose />}
      {(spot || asking === 'chosen') && (
        <label className="field">{t('address')} <span>{t('optional')}</span>
          <input className="text" value={address} maxLength={200} placeholder={t('addressHint')} onChange={(event) => change({ address: event.target.value })} />
        </label>
      )}
    </Step>
  )
}

interface WayProps { word: string; icon: 'camera' | 'pin' | 'district' | 'list'; pressed: boolean; onClick: () => void }

function Way({ word, icon, pressed, onClick }: WayProps) {
  return <button type="button" className="way" aria-pressed={pressed} onClick={onClick}><Icon name={icon} />{word}</button>
}

function Chosen({ spot }: { spot: Spot }) {
  const t = useTexts(words)
  const name = spot.name || t('unknown')
  return (
    <div className="chosen" role="status">
      <p><b>{t('is', { name })}</b> <span className="hint">{t(`by_${spot.by}`)}</span></p>
      {spot.point && spot.by !== 'chosen' && (
        <GroundMap center={spot.point} width_m={MAP_WIDTH_M} marks={[{ key: 'pin', at: spot.point, label: '', tone: 'pin' }]} label={t('map_of', { name })} />
      )}
    </div>
  )
}

function Map({ spot, onPick }: { spot: Spot | null; onPick: (point: Point) => void }) {
  const home = useHome()
  const { photos } = useReport()
  const start = spot?.point ?? photos.find((photo) => photo.point)?.point ?? home ?? DISTRICT
  return <MapPick start={{ lon: start.lon, lat: start.lat }} onPick={onPick} />
}

function Choose() {
  const said = useSaid()
  return <ChooseArea onChoose={({ code, name, at }) => change({ spot: { point: at, place: code, name: said(name), by: 'chosen' } })} />
}

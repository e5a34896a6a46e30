/** Patrol in two taps: a photo, then what it is; or put right on the spot, reported and closed in one go. */
import { useMemo, useState } from 'react'
import { texts, useLang, useTexts } from '../../shared/i18n'
import { CATEGORIES, KINDS, type CaseKind, type CategoryRow } from '../data/cases'
import { useKept } from '../data/kept'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { Photos, type TakenPhoto } from '../parts/Photos'
import { Icon } from '../parts/Icon'
import { found, groupsOf, type Topic } from '../report/categories'
import type { Worker } from './account'
import { patrolParcel, spotParcel } from './patrolling'
import { findHere, useHere } from './useHere'

const words = texts({
  patrol: ['巡查上报', 'Patrol report'], patrolMore: ['拍照，选类型，两下完成', 'A photo, a type: two taps'],
  photo: ['先拍照', 'First the photo'], type: ['再选类型，选中就提交', 'Then the type: choosing sends it'],
  search: ['找类型', 'Find a type'], cancel: ['不报了', 'Cancel'],
  spot: ['我当场处理好了', 'I put it right on the spot'], result: ['怎么处理的', 'What was done'], after: ['处理后的照片', 'Photos after'],
  here: ['位置：手机定位', 'Place: from the phone'], ofPhoto: ['位置：来自照片', 'Place: from the photo'], noPlace: ['手机没有给出位置，照片里也没有。请写地址。', 'Neither the phone nor the photo says where. Write the address.'],
  address: ['地址', 'Address'], kept: ['已存在手机里：{what}', 'Kept on the phone: {what}'],
  needResult: ['请写怎么处理的', 'Say what was done'], needPlace: ['请写地址', 'Write the address'],
})
const OFTEN = 8

export function Patrol({ worker }: { worker: Worker }) {
  const t = useTexts(words)
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const start = () => {
    setOpen(true)
    setSaid('')
    void findHere()
  }
  if (open) return <Form worker={worker} onDone={(what) => { setOpen(false); setSaid(what) }} />
  return (
    <>
      <button type="button" className="action primary patrol" onClick={start}><Icon name="camera" /><b>{t('patrol')}</b><span>{t('patrolMore')}</span></button>
      {said && <p className="note" role="status">{t('kept', { what: said })}</p>}
    </>
  )
}

function Form({ worker, onDone }: { worker: Worker; onDone: (what: string) => void }) {
  const t = useTexts(words)
  const [photos, setPhotos] = useState<TakenPhoto[]>([])
  const [after, setAfter] = useState<TakenPhoto[]>([])
  const [onSpot, setOnSpot] = useState(false)
  const [result, setResult] = useState('')
  const [address, setAddress] = useState('')
  const [fault, setFault] = useState<'needResult' | 'needPlace' | null>(null)
  const here = useHere((state) => state.here)
  const kinds = useKept<{ kinds: CaseKind[] }>(KINDS).body?.kinds ?? []
  const point = photos.find((photo) => photo.point)?.point ?? here
  const send = async (topic: Topic) => {
    const missing = !point && !address.trim() ? 'needPlace' : onSpot && result.trim().length < 2 ? 'needResult' : null
    setFault(missing)
    if (missing) return
    const first = await put(patrolParcel({ topic, photos, point, address }, worker.id))
    if (onSpot) await put(spotParcel(first, { result: result.trim(), after }, worker.id, t('spot')))
    sendNow()
    onDone(topic.name)
  }
  return (
    <section className="card work-form" aria-label={t('patrol')}>
      <h2>{t('photo')}</h2>
      <Photos photos={photos} most={4} onPhotos={setPhotos} />
      {kinds.some((kind) => kind.on_the_spot) && <label className="tick"><input type="checkbox" checked={onSpot} onChange={(event) => setOnSpot(event.target.checked)} /><span>{t('spot')}</span></label>}
      {onSpot && (
        <>
          <label className="field">{t('result')}<textarea rows={2} maxLength={2000} value={result} onChange={(event) => setResult(event.target.value)} /></label>
          <h3>{t('after')}</h3>
          <Photos photos={after} most={4} onPhotos={setAfter} />
        </>
      )}
      <p className="hint" role="status">{t(photos.some((photo) => photo.point) ? 'ofPhoto' : here ? 'here' : 'noPlace')}</p>
      {!point && <label className="field">{t('address')}<input className="text" value={address} maxLength={200} onChange={(event) => setAddress(event.target.value)} /></label>}
      <h2>{t('type')}</h2>
      {fault && <p className="fault" role="alert">{t(fault)}</p>}
      <Types kinds={onSpot ? kinds.filter((kind) => kind.on_the_spot) : kinds} onPick={(topic) => void send(topic)} />
      <button type="button" className="button wide" onClick={() => onDone('')}>{t('cancel')}</button>
    </section>
  )
}

function Types({ kinds, onPick }: { kinds: CaseKind[]; onPick: (topic: Topic) => void }) {
  const t = useTexts(words)
  const lang = useLang()
  const [asked, setAsked] = useState('')
  const rows = useKept<{ rows: CategoryRow[] }>(CATEGORIES).body?.rows
  const groups = useMemo(() => groupsOf(rows ?? [], new Set(kinds.map((kind) => kind.key)), lang), [rows, kinds, lang])
  const all = groups.flatMap((group) => group.topics)
  const shown = asked.trim() ? found(groups, asked.trim()) : all.slice(0, OFTEN)
  return (
    <>
      <div className="search"><Icon name="search" /><input type="search" value={asked} aria-label={t('search')} placeholder={t('search')} onChange={(event) => setAsked(event.target.value)} /></div>
      <ul className="choices">{shown.map((topic) => <li key={topic.code}><button type="button" className="choice" onClick={() => onPick(topic)}>{topic.name}</button></li>)}</ul>
    </>
  )
}

/** The way from here to whoever calls, turn by turn: over the streets and gates that are open now. */
import { useEffect, useState } from 'react'
import { api } from '../../shared/api'
import { texts, useLang, useTexts } from '../../shared/i18n'
import type { Way } from '../data/tours'
import { distanceWords } from '../near/distance'
import type { Point } from '../place/shapes'
import { WayTold } from '../tour/WayTold'
import { findHere } from './useHere'

const words = texts({
  show: ['怎么走', 'The way there'], finding: ['正在找路……', 'Finding the way…'], noHere: ['手机没有给出位置，不能算路线。', 'The phone gave no position: no way can be told.'],
  sum: ['{far}，步行约 {n} 分钟', '{far}, about {n} min on foot'], again: ['从现在的位置重新算', 'Again from here'],
})
interface Found extends Way { seconds: number; metres: number }
type Told = { from: Point; way: Found } | string | null

export function AlarmWay({ to, open }: { to: Point; open: boolean }) {
  const t = useTexts(words)
  const lang = useLang()
  const [told, setTold] = useState<Told>(null)
  const find = async () => {
    setTold(t('finding'))
    const from = await findHere()
    if (!from) return setTold(t('noHere'))
    const way = await api.post<Found>('/api/space/walk/route', { where: [from.lon, from.lat], to: [to.lon, to.lat] })
    setTold({ from, way })
  }
  const press = () => void find().catch((error: unknown) => setTold(error instanceof Error ? error.message : String(error)))
  // Once somebody has answered, the way is what they need: nobody should look for a button.
  useEffect(() => {
    if (open) press()
  }, [open, to.lon, to.lat])
  if (told === null) return <button type="button" className="button wide" onClick={press}>{t('show')}</button>
  return (
    <div className="alarm-way">
      {typeof told === 'string' ? <p role="status">{told}</p> : (
        <>
          <p><b>{t('sum', { far: distanceWords(told.way.metres, lang).join(' '), n: Math.ceil(told.way.seconds / 60) })}</b></p>
          <WayTold from={told.from} to={to} way={told.way} />
        </>
      )}
      <button type="button" className="button" onClick={press}>{t('again')}</button>
    </div>
  )
}

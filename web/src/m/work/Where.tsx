/** Where a thing of the day's work is: a sketch, how far one is from it, and the way to a map app. */
import { texts, useLang, useTexts } from '../../shared/i18n'
import { distanceWords } from '../near/distance'
import { GroundMap } from '../place/GroundMap'
import { distance_m, type Point } from '../place/shapes'
import { findHere, useHere } from './useHere'

const words = texts({
  map: ['位置示意图：{title}', 'Sketch: {title}'], far: ['离您 {far}（直线）', '{far} from you, in a straight line'], locate: ['我离那里多远', 'How far is it'],
  navigate: ['用手机地图导航', 'Open in a map app'],
})
const MAP_WIDTH_M = 600

export function Where({ at, title }: { at: Point | null; title: string }) {
  const t = useTexts(words)
  const lang = useLang()
  const { here, asking } = useHere()
  if (!at) return null
  const away = here && distance_m(here, at)
  const width = away && away < 3000 ? Math.max(MAP_WIDTH_M, away * 2.6) : MAP_WIDTH_M
  return (
    <>
      <GroundMap center={at} width_m={width} label={t('map', { title })}
        marks={[{ key: 'case', at, label: '', tone: 'pin' }, ...(here ? [{ key: 'me', at: here, label: '', tone: 'here' as const }] : [])]} />
      <div className="buttons">
        {away === null && <button type="button" className="button" aria-disabled={asking} onClick={() => void findHere()}>{t('locate')}</button>}
        <a className="button" href={`geo:${at.lat},${at.lon}?q=${at.lat},${at.lon}`}>{t('navigate')}</a>
      </div>
      {away !== null && <p role="status">{t('far', { far: distanceWords(away, lang).join(' ') })}</p>}
    </>
  )
}

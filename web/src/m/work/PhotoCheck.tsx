/** Says how far from the case the photos were taken. It tells; it decides nothing. */
import { texts, useLang, useTexts } from '../../shared/i18n'
import { distanceWords } from '../near/distance'
import type { TakenPhoto } from '../parts/Photos'
import { distance_m, type Point } from '../place/shapes'
import { useHere } from './useHere'

const words = texts({
  far: ['第 {n} 张拍摄处距案件约 {far}（直线）', 'Photo {n} was taken about {far} from the case, in a straight line'],
  none: ['第 {n} 张没有带拍摄位置', 'Photo {n} does not say where it was taken'],
  me: ['第 {n} 张没有带拍摄位置；您现在离案件约 {far}', 'Photo {n} does not say where; you are about {far} from the case'],
  check: ['请确认是不是同一个地方。', 'Please check that it is the same place.'],
})
/** Ours: farther than a house block the phone asks whether it is the same place. */
const SAME_PLACE_M = 100

export function PhotoCheck({ photos, at }: { photos: readonly TakenPhoto[]; at: Point | null }) {
  const t = useTexts(words)
  const lang = useLang()
  const here = useHere((state) => state.here)
  if (!at || !photos.length) return null
  const told = photos.map(({ point }, index) => {
    const from = point ?? here
    const away = from && distance_m(from, at)
    const far = away === null ? '' : distanceWords(away, lang).join(' ')
    return { text: t(point ? 'far' : here ? 'me' : 'none', { n: index + 1, far }), isFar: away !== null && away > SAME_PLACE_M }
  })
  return <ul className="photo-check" role="status">{told.map(({ text, isFar }) => <li key={text} data-far={isFar || undefined}>{text}{isFar && ` ${t('check')}`}</li>)}</ul>
}

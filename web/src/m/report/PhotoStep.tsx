import { texts, useTexts } from '../../shared/i18n'
import { Photos } from '../parts/Photos'
import { change, useReport } from './draft'
import { goStep, Step } from './Step'

export const MOST_PHOTOS = 4
const words = texts({
  title: ['先拍一张照片', 'First, a photo'],
  help: ['拍清楚问题和周围。请不要拍到人脸和车牌。', 'Show the trouble and what is around it. Please keep faces and number plates out.'],
  without: ['没有照片，直接说', 'No photo, just words'],
})

export function PhotoStep() {
  const t = useTexts(words)
  const photos = useReport((report) => report.photos)
  return (
    <Step title={t('title')} help={t('help')} onNext={() => void goStep('place')} {...(photos.length ? {} : { next: t('without'), quiet: true })}>
      <Photos photos={photos} most={MOST_PHOTOS} onPhotos={(taken) => change({ photos: taken })} />
    </Step>
  )
}

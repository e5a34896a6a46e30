/** Some photos, from the camera or the album, each made small on the phone before it is kept. */
import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { takenOf } from '../outbox/exif'
import { smallPhoto, type SmallPhoto } from '../outbox/photo'
import type { Point } from '../place/shapes'
import { Icon } from './Icon'
import { usePictures } from './usePictures'

const words = texts({
  camera: ['拍照', 'Take a photo'],
  another: ['再拍一张', 'One more'],
  album: ['从相册选', 'From the album'],
  remove: ['去掉第 {n} 张', 'Remove photo {n}'],
  photo: ['第 {n} 张照片', 'Photo {n}'],
  hint: ['最多 {most} 张。照片会缩小，发出的照片不带拍摄位置和设备信息。', 'At most {most}. Photos are made smaller; what is sent carries no place or device.'],
  unreadable: ['“{name}”不是照片，或者打不开。请换一张。', '“{name}” is no photo, or cannot be opened. Please take another.'],
  working: ['正在缩小照片…', 'Making it smaller…'],
})

export interface TakenPhoto extends SmallPhoto { at: string | null; point: Point | null }

async function taken(file: File): Promise<TakenPhoto> {
  const [{ at, point }, small] = await Promise.all([takenOf(file), smallPhoto(file)])
  return { ...small, at: at?.toISOString() ?? null, point }
}

interface Props { photos: readonly TakenPhoto[]; most: number; onPhotos: (photos: TakenPhoto[]) => void }

export function Photos({ photos, most, onPhotos }: Props) {
  const t = useTexts(words)
  const urls = usePictures(photos)
  const [failed, setFailed] = useState('')
  const [busy, setBusy] = useState(false)
  const add = async (files: FileList | null) => {
    setFailed('')
    setBusy(true)
    const added: TakenPhoto[] = []
    for (const file of [...(files ?? [])].slice(0, most - photos.length)) {
      await taken(file).then((one) => added.push(one), () => setFailed(file.name))
    }
    setBusy(false)
    if (added.length) onPhotos([...photos, ...added])
  }
  return (
    <div className="photo">
      {photos.length > 0 && (
        <ul className="photo-list">
          {urls.map((url, index) => (
            <li key={url}>
              <img src={url} alt={t('photo', { n: index + 1 })} />
              <button type="button" className="button" onClick={() => onPhotos(photos.filter((_, at) => at !== index))}>{t('remove', { n: index + 1 })}</button>
            </li>
          ))}
        </ul>
      )}
      {photos.length < most && (
        <div className="buttons">
          <Pick label={t(photos.length ? 'another' : 'camera')} capture primary={!photos.length} onFiles={(files) => void add(files)} />
          <Pick label={t('album')} onFiles={(files) => void add(files)} />
        </div>
      )}
      <p className="hint" role="status">{busy ? t('working') : t('hint', { most })}</p>
      {failed && <p className="fault" role="alert">{t('unreadable', { name: failed })}</p>}
    </div>
  )
}

/** The camera is the thing to press until there is a photo; then it is to go on. */
function Pick({ label, capture = false, primary = false, onFiles }: { label: string; capture?: boolean; primary?: boolean; onFiles: (files: FileList | null) => void }) {
  return (
    <label className={primary ? 'button primary' : 'button'}>
      {capture && <Icon name="camera" />}{label}
      <input className="sr-only" type="file" accept="image/*" multiple={!capture} {...(capture ? { capture: 'environment' as const } : {})}
        onChange={(event) => { onFiles(event.target.files); event.target.value = '' }} />
    </label>
  )
}

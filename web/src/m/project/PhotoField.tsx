import { useEffect, useMemo, useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { smallPhoto, type SmallPhoto } from '../outbox/photo'
import { Icon } from '../parts/Icon'

const words = texts({
  add: ['拍照或选一张', 'Take or choose a photo'],
  change: ['换一张', 'Another photo'],
  remove: ['不要照片', 'No photo'],
  hint: ['照片会自动缩小，并去掉拍摄位置和时间。', 'The photo is made smaller; its place and time are removed.'],
  unreadable: ['这张照片读不出来，换一张试试。', 'This photo cannot be read; try another.'],
  preview: ['要提交的照片', 'The photo to be sent'],
})

/** At most one photo, made small on the phone before it is kept. */
export function PhotoField({ photo, onPhoto }: { photo: SmallPhoto | null; onPhoto: (photo: SmallPhoto | null) => void }) {
  const t = useTexts(words)
  const [failed, setFailed] = useState(false)
  const url = useMemo(() => (photo ? URL.createObjectURL(new Blob([photo.bytes], { type: photo.type })) : null), [photo])
  useEffect(() => () => {
    if (url) URL.revokeObjectURL(url)
  }, [url])
  const take = (file: File | undefined) => {
    if (!file) return
    smallPhoto(file).then((small) => { setFailed(false); onPhoto(small) }, () => setFailed(true))
  }
  return (
    <div className="photo">
      {url && <img src={url} alt={t('preview')} />}
      <div className="buttons">
        <label className="button">
          <Icon name="camera" />{t(photo ? 'change' : 'add')}
          <input className="sr-only" type="file" accept="image/*" onChange={(event) => take(event.target.files?.[0])} />
        </label>
        {photo && <button type="button" className="button" onClick={() => onPhoto(null)}>{t('remove')}</button>}
      </div>
      <p className="hint" role={failed ? 'alert' : undefined}>{t(failed ? 'unreadable' : 'hint')}</p>
    </div>
  )
}

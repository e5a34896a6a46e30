/** Photos of the case, before and after, and those that came with notes. They are fetched with the secret, which no picture tag can send. */
import { useEffect, useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import type { Progress } from '../data/cases'
import type { MyCase } from './mine'

const words = texts({
  title: ['照片', 'Photos'], before: ['上报时', 'When reported'], after: ['办理后', 'After the work'], notes: ['补充的', 'Added later'],
  photo: ['{part} 第 {n} 张', '{part}, photo {n}'], failed: ['这张照片现在取不到', 'This photo cannot be had now'],
})

export function CasePhotos({ mine, body }: { mine: MyCase; body: Progress }) {
  const t = useTexts(words)
  const parts = { before: body.photos.before, after: body.photos.after, notes: body.notes.flatMap((note) => note.files) }
  const shown = (Object.keys(parts) as (keyof typeof parts)[]).filter((part) => parts[part].length > 0)
  if (!shown.length) return null
  return (
    <section className="card" aria-labelledby="photos-title">
      <h2 id="photos-title">{t('title')}</h2>
      {shown.map((part) => (
        <div key={part} className="photo-part">
          <h3>{t(part)}</h3>
          <div className="photos">{parts[part].map((file, index) => <Secret key={file} mine={mine} file={file} alt={t('photo', { part: t(part), n: index + 1 })} />)}</div>
        </div>
      ))}
    </section>
  )
}

async function fetched({ number, secret }: MyCase, file: number): Promise<string> {
  const answer = await fetch(`/api/cases/${number}/files/${file}`, { headers: { 'X-Case-Secret': secret }, credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
  return URL.createObjectURL(await answer.blob())
}

function Secret({ mine, file, alt }: { mine: MyCase; file: number; alt: string }) {
  const t = useTexts(words)
  const [url, setUrl] = useState<string | null>('')
  useEffect(() => {
    let made = ''
    void fetched(mine, file).then((found) => { made = found; setUrl(found) }, () => setUrl(null))
    return () => { if (made) URL.revokeObjectURL(made) }
  }, [mine, file])
  if (url === null) return <span className="hint">{t('failed')}</span>
  return url ? <img src={url} alt={alt} /> : <span className="photo-wait" />
}

import { date, number } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import type { EntryView } from '../data/task'

const words = texts({
  title: ['进展记录', 'Progress entries'],
  none: ['还没有公布进展记录。', 'No progress entry has been published.'],
  value: ['累计 {value} {unit}', '{value} {unit} in total'],
  photo: ['{day} 的现场照片，第 {count} 张', 'Photo {count} of {day}'],
  source: ['来源：{name}', 'Source: {name}'],
})

/** What was reported, newest first, with the public evidence photos. */
export function Entries({ entries }: { entries: EntryView[] }) {
  const t = useTexts(words)
  return (
    <section className="card" aria-labelledby="entries-title">
      <h2 id="entries-title">{t('title')}</h2>
      {entries.length === 0 ? <p className="hint">{t('none')}</p> : <ol className="entries">{entries.map((entry) => <Entry key={entry.id} entry={entry} />)}</ol>}
    </section>
  )
}

function Entry({ entry }: { entry: EntryView }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const day = date(entry.on, lang)
  return (
    <li>
      <time dateTime={entry.on}>{day}</time>
      {entry.value !== null && <b>{t('value', { value: number(entry.value), unit: said(entry.unit) })}</b>}
      {said(entry.text) && <p>{said(entry.text)}</p>}
      {entry.photos.length > 0 && (
        <ul className="photos">
          {entry.photos.map((url, index) => <li key={url}><a href={url}><img src={url} loading="lazy" alt={t('photo', { day, count: index + 1 })} /></a></li>)}
        </ul>
      )}
      {said(entry.source) && <span className="provenance">{t('source', { name: said(entry.source) })}</span>}
    </li>
  )
}

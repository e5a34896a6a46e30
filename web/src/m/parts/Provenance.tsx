/** Where figures come from, as of when, and whether they are real: beside everything that the phone shows. */
import { date } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import type { Quality, Text } from '../../shared/spec'

const words = texts({
  sample: ['数据为示例', 'Sample data'],
  generated: ['数据由程序生成', 'Generated data'],
  stale: ['数据可能已过时', 'Possibly out of date'],
  asOf: ['截至 {day}', 'As of {day}'],
  source: ['来源：{name}', 'Source: {name}'],
})

/** Says so when figures are an example or made by a program; silent for real ones. */
export function QualityTag({ quality }: { quality: Quality | undefined }) {
  const t = useTexts(words)
  if (quality !== 'sample' && quality !== 'generated' && quality !== 'stale') return null
  return <span className="quality">{t(quality)}</span>
}

interface Stamps { asOf?: string | null | undefined; origin?: Text | null | undefined; quality?: Quality | undefined }

export function Provenance({ asOf, origin, quality }: Stamps) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const name = said(origin)
  if (!asOf && !name && !quality) return null
  return (
    <p className="provenance">
      {asOf && <time dateTime={asOf}>{t('asOf', { day: date(asOf, lang) })}</time>}
      {name && <span>{t('source', { name })}</span>}
      <QualityTag quality={quality} />
    </p>
  )
}

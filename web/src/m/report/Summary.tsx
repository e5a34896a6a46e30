/** The whole report once more before it goes, each part with the way to change it. */
import { texts, useTexts } from '../../shared/i18n'
import { usePictures } from '../parts/usePictures'
import { useReport, type Step } from './draft'
import { goStep } from './Step'

const words = texts({
  title: ['要提交的内容', 'What will be sent'],
  what: ['事项', 'Topic'], place: ['位置', 'Place'], words: ['情况', 'What you saw'], photo: ['照片', 'Photos'],
  none: ['没有', 'none'], point: ['已选的点', 'the point chosen'], change: ['改', 'Change'], danger: ['（有人可能受伤）', '(somebody may get hurt)'],
  changeOf: ['修改{what}', 'Change: {what}'], number: ['{n} 张', '{n}'],
})

export function Summary() {
  const t = useTexts(words)
  const { categoryName, spot, address, words: said, photos, danger } = useReport()
  const urls = usePictures(photos)
  const rows: [Step, string, string][] = [
    ['what', t('what'), `${categoryName}${danger ? t('danger') : ''}`],
    ['place', t('place'), [spot?.name || (spot ? t('point') : t('none')), address].filter(Boolean).join('，')],
    ['words', t('words'), said || t('none')],
    ['photo', t('photo'), photos.length ? t('number', { n: photos.length }) : t('none')],
  ]
  return (
    <section className="card summary" aria-labelledby="summary-title">
      <h3 id="summary-title">{t('title')}</h3>
      <dl>
        {rows.map(([step, label, value]) => (
          <div key={step}><dt>{label}</dt><dd>{value}</dd>
            <dd className="summary-way"><button type="button" className="button quiet" aria-label={t('changeOf', { what: label })} onClick={() => void goStep(step)}>{t('change')}</button></dd></div>
        ))}
      </dl>
      {urls.length > 0 && <div className="photos">{urls.map((url) => <img key={url} src={url} alt="" />)}</div>}
    </section>
  )
}

import { date } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import type { TaskView } from '../data/task'
import { CATEGORY_WORDS, isCategory } from '../parts/status'

const words = texts({
  title: ['基本情况', 'About it'],
  lead: ['责任单位', 'Responsible'],
  leadOpen: ['来源未写明', 'Not stated by the source'],
  place: ['地点', 'Where'],
  placeOpen: ['来源没有列出具体地点', 'The source lists no exact place'],
  category: ['类别', 'Category'],
  group: ['属于', 'Part of'],
  span: ['时间', 'When'],
  to: ['{from} 至 {due}', '{from} to {due}'],
  until: ['{due} 前', 'until {due}'],
})

/** What, where, who: the answers a resident asks first. */
export function Facts({ task }: { task: TaskView }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const category = useTexts(CATEGORY_WORDS)
  const { from, due } = task
  const span = due && (from ? t('to', { from: date(from, lang), due: date(due, lang) }) : t('until', { due: date(due, lang) }))
  const rows: [term: string, text: string][] = [
    [t('place'), joined('list', task.places.map((place) => said(place))) || t('placeOpen')],
    [t('lead'), said(task.lead) || t('leadOpen')],
    [t('group'), said(task.group)],
    [t('category'), isCategory(task.category) ? category(task.category) : task.category],
    [t('span'), span || ''],
  ]
  return (
    <section className="card" aria-labelledby="facts-title">
      <h2 id="facts-title">{t('title')}</h2>
      <dl className="facts">{rows.filter(([, text]) => text).map(([term, text]) => <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}</dl>
    </section>
  )
}

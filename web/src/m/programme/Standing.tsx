/** How the whole programme stands: counts by status as one bar with its words, and the month's report. */
import { date } from '../../shared/format'
import { texts, useLang, useTexts } from '../../shared/i18n'
import { useKept } from '../data/kept'
import { countsOf, monthOf, reportOf, SUMMARY, type Envelope, type Summary } from '../data/programme'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Provenance } from '../parts/Provenance'
import { isProjectStatus, STATUS_WORDS, TONES } from '../parts/status'
import { ReadAloud } from '../parts/ReadAloud'

const words = texts({
  title: ['今年做到哪一步', 'This year so far'],
  total: ['{tasks} 个任务，{done} 个已完成', '{tasks} tasks, {done} done'],
  aloud: ['截至{day}，{tasks}个任务，{rest}。', 'As of {day}: {tasks} tasks; {rest}.'],
  count: ['{status} {count} 个', '{count} {status}'],
  report: ['{month} 月报（网页）', 'Report of {month}'],
})

export function Standing() {
  const t = useTexts(words)
  const summary = useKept<Envelope<Summary>>(SUMMARY)
  return (
    <section className="card" aria-labelledby="standing-title">
      <h2 id="standing-title">{t('title')}</h2>
      <Loading answer={summary} lines={2}>
        {(body) => {
          const [row] = body.rows
          return row && <><Counts row={row} asOf={body.as_of} /><Provenance asOf={body.as_of} origin={body.origin} quality={body.quality} /></>
        }}
      </Loading>
    </section>
  )
}

function Counts({ row, asOf }: { row: Summary; asOf: string | null }) {
  const t = useTexts(words)
  const status = useTexts(STATUS_WORDS)
  const lang = useLang()
  const counts = countsOf(row).map((one) => ({ ...one, word: isProjectStatus(one.status) ? status(one.status) : one.status }))
  const rest = counts.map(({ word, count }) => t('count', { status: word, count })).join('，')
  const month = asOf && monthOf(asOf)
  return (
    <>
      <p className="standing-total">{t('total', { tasks: row.tasks, done: row.done })}</p>
      <div className="stack" aria-hidden="true">
        {counts.map(({ status: key, count }) => <i key={key} data-tone={isProjectStatus(key) ? TONES[key] : 'plain'} style={{ flexGrow: count }} />)}
      </div>
      <ul className="legend">
        {counts.map(({ status: key, word, count }) => (
          <li key={key}><i data-tone={isProjectStatus(key) ? TONES[key] : 'plain'} /><span>{word}</span><b className="num">{count}</b></li>
        ))}
      </ul>
      <div className="buttons">
        {month && row.programme && <a className="button" href={reportOf(row.programme, month)}><Icon name="list" />{t('report', { month })}</a>}
        <ReadAloud text={t('aloud', { day: date(asOf, lang), tasks: row.tasks, rest })} />
      </div>
    </>
  )
}

/** How the whole programme stands: counts by status as one bar with its words, and the month's report. */
import { date } from '../../shared/format'
import { texts, useLang, useTexts } from '../../shared/i18n'
import { useKept } from '../data/kept'
import { SUMMARY, type Envelope, type Summary } from '../data/programme'
import { Loading } from '../parts/Loading'
import { Provenance } from '../parts/Provenance'
import { isProjectStatus, STATUS_WORDS, TONES } from '../parts/status'
import { ReadAloud } from '../parts/ReadAloud'

const words = texts({
  title: ['今年做到哪一步', 'This year so far'],
  total: ['{tasks} 个任务，{done} 个已完成', '{tasks} tasks, {done} done'],
  aloud: ['截至{day}，{tasks}个任务，{rest}。', 'As of {day}: {tasks} tasks; {rest}.'],
  count: ['{status} {count} 个', '{count} {status}'],
  unnamed: ['其中 {count} 个在报道里名称缺失，按报道的数字计入', '{count} of them are counted by the report, which lost their names'],
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

/** The counts of one summary by status, as the source counts them, without the empty ones. */
function countsOf(summary: Summary): { status: string; count: number }[] {
  const statuses = ['done', 'on_schedule', 'by_procedure', 'under_way', 'at_risk', 'late', 'unknown'] as const
  const unnamed = summary.unnamed ?? 0
  const lost: Partial<Record<string, number>> = { done: unnamed, unknown: -Math.min(unnamed, summary.unknown ?? 0) }
  return statuses.map((status) => ({ status, count: (summary[status] ?? 0) + (lost[status] ?? 0) })).filter(({ count }) => count > 0)
}

function Counts({ row, asOf }: { row: Summary; asOf: string | null }) {
  const t = useTexts(words)
  const status = useTexts(STATUS_WORDS)
  const lang = useLang()
  const counts = countsOf(row).map((one) => ({ ...one, word: isProjectStatus(one.status) ? status(one.status) : one.status }))
  const rest = counts.map(({ word, count }) => t('count', { status: word, count })).join(lang === 'zh' ? '，' : ', ')
  const done = row.done + (row.unnamed ?? 0)
  return (
    <>
      <p className="standing-total">{t('total', { tasks: row.tasks, done })}</p>
      <div className="stack" aria-hidden="true">
        {counts.map(({ status: key, count }) => <i key={key} data-tone={isProjectStatus(key) ? TONES[key] : 'plain'} style={{ flexGrow: count }} />)}
      </div>
      <ul className="legend">
        {counts.map(({ status: key, word, count }) => (
          <li key={key}><i data-tone={isProjectStatus(key) ? TONES[key] : 'plain'} /><span>{word}</span><b className="num">{count}</b></li>
        ))}
      </ul>
      {row.unnamed ? <p className="hint">{t('unnamed', { count: row.unnamed })}</p> : null}
      <div className="buttons"><ReadAloud text={t('aloud', { day: date(asOf, lang), tasks: row.tasks, rest })} /></div>
    </>
  )
}

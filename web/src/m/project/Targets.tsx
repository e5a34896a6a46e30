import { date, number } from '../../shared/format'
import { texts, useLang, useSaid, useTexts } from '../../shared/i18n'
import type { TargetView } from '../data/task'
import { Progress } from '../parts/Progress'

const words = texts({
  title: ['目标和完成数', 'Targets and results'],
  planned: ['计划 {comparator}{planned} {unit}', 'Planned: {comparator} {planned} {unit}'],
  yesno: ['完成即可，没有数量', 'Done or not, no number'],
  done: ['已完成 {done} {unit}', '{done} {unit} done'],
  stated: ['已完成（公布时未重复数字）', 'Done (the number was not repeated when published)'],
  open: ['完成数未公布', 'The number done is not published'],
  asOf: ['截至 {day}', 'as of {day}'],
})

/** Every target of the project: what was planned, what was published as done, and when. */
export function Targets({ targets }: { targets: TargetView[] }) {
  const t = useTexts(words)
  if (targets.length === 0) return null
  return (
    <section className="card" aria-labelledby="targets-title">
      <h2 id="targets-title">{t('title')}</h2>
      <ul className="targets">{targets.map((target) => <Target key={target.id} target={target} />)}</ul>
    </section>
  )
}

function Target({ target }: { target: TargetView }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const { planned, done, met, asOf } = target
  const unit = said(target.unit)
  const share = met ? 1 : done !== null && planned ? done / planned : null
  const result = done !== null ? t('done', { done: number(done), unit }) : t(met ? 'stated' : 'open')
  return (
    <li>
      <b>{said(target.label)}</b>
      <Progress share={share} done={met || (share ?? 0) >= 1} />
      <span className="target-lines">
        <span className="target-done">{result}{asOf && <span className="as-of"> {t('asOf', { day: date(asOf, lang) })}</span>}</span>
        <span>{planned === null ? t('yesno') : t('planned', { comparator: said(target.comparator), planned: number(planned), unit })}</span>
      </span>
    </li>
  )
}

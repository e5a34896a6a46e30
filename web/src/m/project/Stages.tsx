import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { MilestoneView, StageView } from '../data/task'

const words = texts({
  title: ['做到哪一步', 'Stage'],
  summary: ['第 {step} 步，共 {steps} 步：{name}', 'Step {step} of {steps}: {name}'],
  done: ['已过', 'passed'],
  now: ['现在', 'now'],
  milestones: ['公布过的节点', 'Milestones published'],
  unknown: ['阶段未公布：公开的来源和填报都没有说明做到哪一步。', 'Stage not published: no source and no entry tells how far the work is.'],
})

/** The steps of the life cycle in their order, with the present one marked in words as well; said to be unknown where nobody told it. */
export function Stages({ stages, current, milestones }: { stages: StageView[]; current: string | null; milestones: MilestoneView[] }) {
  const t = useTexts(words)
  const said = useSaid()
  const at = stages.findIndex((stage) => stage.key === current)
  const present = stages[at]
  if (stages.length === 0 && milestones.length === 0) return null
  return (
    <section className="card" aria-labelledby="stages-title">
      <h2 id="stages-title">{t('title')}</h2>
      {stages.length > 0 && (
        <p className="hint">{present ? t('summary', { step: at + 1, steps: stages.length, name: said(present.title) }) : t('unknown')}</p>
      )}
      {present && <ol className="stages">
        {stages.map((stage, index) => (
          <li key={stage.key} data-state={index < at ? 'done' : index === at ? 'now' : 'open'} aria-current={index === at ? 'step' : undefined}>
            <i aria-hidden="true" />{said(stage.title)}
            {index === at && <em>{t('now')}</em>}{index < at && <span className="sr-only">{t('done')}</span>}
          </li>
        ))}
      </ol>}
      <Milestones milestones={milestones} />
    </section>
  )
}

function Milestones({ milestones }: { milestones: MilestoneView[] }) {
  const t = useTexts(words)
  const said = useSaid()
  if (milestones.length === 0) return null
  return (
    <>
      <h3>{t('milestones')}</h3>
      <ul className="milestones">
        {milestones.map(({ id, name, state, stateWord, when }) => (
          <li key={id} data-state={state}><span>{said(name)}</span><b>{said(stateWord)}{said(when) && ` · ${said(when)}`}</b></li>
        ))}
      </ul>
    </>
  )
}

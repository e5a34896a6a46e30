import { CheckOutlined } from '@ant-design/icons'
import { useTexts} from '../../shared/i18n'
import { useLabel } from '../labels'
import type { Model } from '../wire'
import { stepsFor } from './steps'
import { recordWords } from './words'

/** Where the record stands in its life cycle. */
export function StepsBar({ model, current }: { model: Model; current: string }) {
  const t = useTexts(recordWords)
  const said = useLabel()
  const steps = stepsFor(model, current)
  const at = steps.findIndex((step) => step.id === current)
  if (steps.length < 2) return null
  return (
    <ol className="steps" aria-label={t('steps')}>
      {steps.map((step, index) => {
        const done = index < at || (index === at && Boolean(step.final))
        return (
          <li key={step.id} data-state={done ? 'done' : index === at ? 'now' : 'ahead'} aria-current={index === at ? 'step' : undefined}>
            <i aria-hidden="true">{done ? <CheckOutlined /> : index + 1}</i>
            <span>{said(step.title)}</span>
          </li>
        )
      })}
    </ol>
  )
}

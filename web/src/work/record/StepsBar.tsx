import { CheckOutlined } from '@ant-design/icons'
import { useEffect, useRef } from 'react'
import { useTexts } from '../../shared/i18n'
import { useLabel } from '../labels'
import type { Model } from '../wire'
import { stepsFor } from './steps'
import { recordWords } from './words'

/** More steps than this scroll in a narrow pane, and what scrolls must be reachable by keys. */
const ROOM = 4

/** Where the record stands in its life cycle. */
export function StepsBar({ model, current }: { model: Model; current: string }) {
  const t = useTexts(recordWords)
  const said = useLabel()
  const steps = stepsFor(model, current)
  const at = steps.findIndex((step) => step.id === current)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const now = box.current?.querySelector<HTMLElement>('[aria-current]')
    if (box.current && now) box.current.scrollLeft = now.offsetLeft - (box.current.clientWidth - now.offsetWidth) / 2
  }, [current])
  if (steps.length < 2) return null
  return (
    <div ref={box} className="steps" role="region" aria-label={t('steps')} tabIndex={steps.length > ROOM ? 0 : undefined}>
      <ol>
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
    </div>
  )
}

/** District, street, community: where we are, and the way back up. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { narrow } from '../../shared/scope'
import { useSession } from '../../shared/session'
import { usePath } from './place'

const words = texts({ path: ['当前范围', 'Scope'] })

export function Breadcrumb() {
  const t = useTexts(words)
  const said = useSaid()
  const district = useSession().data?.district
  const path = usePath()
  const steps = path.length
    ? path.map((row) => ({ code: row.code, name: said(row.name) }))
    : district
      ? [{ code: district.code, name: said(district.name) }]
      : []
  return (
    <nav className="crumbs" aria-label={t('path')}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.code}>
            {index === steps.length - 1 ? (
              <span aria-current="true">{step.name}</span>
            ) : (
              <button type="button" onClick={() => narrow({ place: index === 0 ? undefined : step.code })}>
                {step.name}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

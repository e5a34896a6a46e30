import { number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import { Link } from 'react-router'
import type { Reported } from './api'
import { reportWords } from './words'

const BASE = '/work'

/** Every number of the report, each with the list of records behind it. */
export function Numbers({ numbers }: { numbers: Reported[] }) {
  const t = useTexts(reportWords)
  const said = useSaid()
  if (!numbers.length) return null
  return (
    <section className="card">
      <h2>{t('numbers')}</h2>
      <p className="meta">{t('numbersHelp')}</p>
      <ul className="numbers">
        {numbers.map((one) => (
          <li key={one.href}>
            <span>
              {said(one.label)}
              {one.unnamed > 0 && <i className="meta">{t('unnamed', { count: one.unnamed })}</i>}
            </span>
            <Link className="desk-link num" to={one.href.startsWith(BASE) ? one.href.slice(BASE.length) : one.href}>
              {number(one.value, 0)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

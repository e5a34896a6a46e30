/** Where a sheet leads: whole rows to press, each with what is behind it; numbers are rung. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Sheet } from '../data/slip'
import { Icon } from '../parts/Icon'

type Fact = Sheet['facts'][number]
const words = texts({ call: ['打给{what}', 'Call: {what}'] })

export const isNumber = ({ link }: Fact): boolean => Boolean(link?.startsWith('tel:'))

export function Ways({ facts }: { facts: readonly Fact[] }) {
  const t = useTexts(words)
  const said = useSaid()
  if (!facts.length) return null
  return (
    <ul className="card slip-ways">
      {facts.map((fact, at) => (
        <li key={at}>
          <a href={fact.link}>
            {isNumber(fact) && <Icon name="phone" />}
            <span><b>{isNumber(fact) ? t('call', { what: said(fact.label) }) : said(fact.label)}</b><small>{said(fact.said)}</small></span>
            <Icon name="forward" />
          </a>
        </li>
      ))}
    </ul>
  )
}

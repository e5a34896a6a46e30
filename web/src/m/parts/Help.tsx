import { texts, useTexts } from '../../shared/i18n'
import { HELP_NUMBER } from './help'
import { Icon } from './Icon'

const words = texts({ call: ['要人帮忙，打 {number}', 'Need a person? Call {number}'] })

/** A person's number: at the foot of every page. */
export function Help() {
  const t = useTexts(words)
  return <a className="button help" href={`tel:${HELP_NUMBER}`}><Icon name="phone" />{t('call', { number: HELP_NUMBER })}</a>
}

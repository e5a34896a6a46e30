/** Somebody was faster: how it stands now beside what this phone wanted. Whoever wrote it decides; nothing is sent by itself. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { keptBody } from '../data/kept'
import { workOf, type Work } from '../data/work'
import type { Parcel } from '../outbox/parcel'

const words = texts({
  what: ['您离线时，别人已经改了这一条。您写的还在手机里。', 'Somebody changed this meanwhile. What you wrote is still on the phone.'],
  now: ['现在的情况', 'How it stands now'], wanted: ['您要办的', 'What you wanted'],
  unknown: ['已变化，详情请刷新清单查看', 'It changed; refresh the list to see how'],
  still: ['按现在的情况，仍然提交', 'Send it all the same'],
})

/** The few fields of a record that say where it stands; codes in the words that came with the list. */
function nowOf({ present, account, address }: Parcel, said: (text: Text) => string): string {
  const work = keptBody<Work>(workOf(account ?? 0))
  const dict = (address.includes('cases.casetask') ? work?.task_dict : work?.dict) ?? {}
  const read = (name: string): string => {
    const value = present?.values[name]
    return typeof value === 'string' ? said(dict[name]?.[value] ?? value) : ''
  }
  return ['state', 'handler', 'result', 'why_returned'].map(read).filter(Boolean).join(' · ')
}

export function Conflict({ parcel, onStill }: { parcel: Parcel; onStill: () => void }) {
  const t = useTexts(words)
  const said = useSaid()
  return (
    <div className="conflict" role="alert">
      <p>{t('what')}</p>
      <dl>
        <dt>{t('now')}</dt><dd>{nowOf(parcel, said) || t('unknown')}</dd>
        <dt>{t('wanted')}</dt><dd>{parcel.subject}</dd>
      </dl>
      <button type="button" className="button primary" onClick={onStill}>{t('still')}</button>
    </div>
  )
}

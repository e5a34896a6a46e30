/** Whom a rescue is about: shown when somebody at the desk asks for it, and that look is kept. */
import { Button } from 'antd'
import { useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { askPerson, type About, type Rescue } from './api'
import { tellFailed } from './told'
import { alarmWords } from './words'

export function Person({ rescue }: { rescue: Rescue }) {
  const t = useTexts(alarmWords)
  const said = useSaid()
  const [about, setAbout] = useState<About | null>(null)
  if (!about)
    return (
      <p className="row rescue-person">
        <Button onClick={() => void askPerson(rescue).then(setAbout, tellFailed)}>{t('showPerson')}</Button>
        <span className="meta">{t('lookKept')}</span>
      </p>
    )
  const { person, contacts } = about
  return (
    <dl className="rescue-person" aria-label={t('person')}>
      <div><dt>{person.name}</dt><dd>{person.address}</dd></div>
      {person.phone && <div><dt>{t('phone')}</dt><dd><a className="desk-link num" href={`tel:${person.phone}`}>{person.phone}</a></dd></div>}
      {person.facts.map((fact, index) => <div key={index}><dt>{said(fact.label)}</dt><dd>{said(fact.said)}</dd></div>)}
      {contacts.map((one, index) => (
        <div key={`c${index}`}><dt>{said(one.relation)} {one.name}</dt><dd>{one.phone ? <a className="desk-link num" href={`tel:${one.phone}`}>{one.phone}</a> : '—'}</dd></div>
      ))}
    </dl>
  )
}

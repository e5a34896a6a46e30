/** Calling whoever reported it: their number is shown for a purpose that is kept, and only as long as this page is open. */
import { useState } from 'react'
import { api, keepCsrf, Problem } from '../../shared/api'
import { texts, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import type { Session } from '../../shared/spec'
import { Icon } from '../parts/Icon'

interface Who { name: string; phone: string; anonymous: boolean }

const words = texts({
  call: ['联系反映人', 'Call the reporter'],
  why: ['姓名和电话只为办理这件事查看；谁在什么时候、为什么看，都会记录，反映人看得到。', 'Name and telephone are for handling this only; who looked, when and why is kept, and the reporter reads it.'],
  contact: ['为联系反映人查看', 'Show it, to call the reporter'],
  unknown: ['没有留姓名和电话。', 'No name and no telephone were left.'],
  noPhone: ['没有留电话。', 'No telephone was left.'],
  offline: ['没有网络，查看要等联网。', 'There is no network; this has to wait.'],
  dial: ['打给 {name}', 'Call {name}'], them: ['反映人', 'the reporter'],
})

async function revealed(number: number): Promise<Who> {
  await api.get<Session>('/api/session').then(({ csrf }) => keepCsrf(csrf))
  return api.post<Who>(`/api/cases/${number}/reporter`, { purpose: 'contact' })
}

export function Reporter({ number }: { number: number }) {
  const t = useTexts(words)
  const [asked, setAsked] = useState(false)
  const [who, setWho] = useState<Who | null>(null)
  const [fault, setFault] = useState('')
  const show = () => revealed(number).then(setWho, (error: unknown) => {
    if (!(error instanceof Problem)) throw error
    setFault(error.status === 0 ? t('offline') : joined('stop', [error.message, error.detail === error.message ? '' : error.detail]))
  })
  if (who) return <Shown who={who} />
  if (!asked) return <button type="button" className="button" onClick={() => setAsked(true)}><Icon name="phone" />{t('call')}</button>
  return (
    <div className="reveal">
      <p className="hint">{t('why')}</p>
      <button type="button" className="button primary" onClick={() => void show()}>{t('contact')}</button>
      {fault && <p className="fault" role="alert">{fault}</p>}
    </div>
  )
}

function Shown({ who: { name, phone, anonymous } }: { who: Who }) {
  const t = useTexts(words)
  if (anonymous) return <p role="status">{t('unknown')}</p>
  if (!phone) return <p role="status">{name} · {t('noPhone')}</p>
  return <p role="status"><a className="button primary" href={`tel:${phone.replace(/[^0-9+]/g, '')}`}><Icon name="phone" />{t('dial', { name: name || t('them') })} <span className="num">{phone}</span></a></p>
}

/** What somebody without an account was given a link for. The secret stands behind the # of the address, or is typed here. */
import { useCallback, useEffect, useState } from 'react'
import { Problem } from '../../shared/api'
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { Skeleton } from '../../shared/States'
import { offerElder, useLook } from '../../shared/theme'
import type { Sheet } from '../data/slip'
import { onReturn } from '../device/reach'
import { useAlone } from '../frame/alone'
import { ReadAloud } from '../parts/ReadAloud'
import '../style/cases.css'
import '../style/work.css'
import { BigButton } from './BigButton'
import { askedSheet, keptSheet } from './keptSheet'
import { SlipForm } from './SlipForm'
import { Ways } from './Ways'

const words = texts({
  code: ['确认码', 'Code'], codeHelp: ['给您链接的人告诉您的，或标签上印着的字母，大小写都可以。', 'The letters that you were given, or that stand on the label; small or capital.'],
  open: ['打开', 'Open'], empty: ['请填确认码', 'Please enter the code'],
  offline: ['现在没有网络，打不开。有网后会自动打开。', 'There is no network now. It opens by itself once there is one.'],
  cut: ['现在没有网络。按钮照样能按：手机会一直试着发出去。最快的办法是打电话。', 'There is no network now. The button still works: the phone keeps trying to send. Calling is quickest.'],
  failed: ['暂时打不开，请稍后再试。', 'It cannot be opened now. Please try later.'],
})
/** So often a page with a large button asks how things stand. */
const WATCH_MS = 8_000
const LARGE = 20

/** As the address has it: what somebody typed in other letters stays encoded there, and is no code anyway. */
const secretNow = (): string => location.hash.slice(1)

function useSecret(): [secret: string, change: (secret: string) => void] {
  const [secret, setSecret] = useState(secretNow)
  useEffect(() => {
    const read = () => setSecret(secretNow())
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  return [secret, (given) => { location.hash = given }]
}

export function SlipPage({ id }: { id: string }) {
  const [secret, setSecret] = useSecret()
  if (!secret) return <Ask onSecret={setSecret} fault="" />
  return <Opened key={secret} slip={id} secret={secret} onSecret={setSecret} />
}

function Opened({ slip, secret, onSecret }: { slip: string; secret: string; onSecret: (secret: string) => void }) {
  const t = useTexts(words)
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const [fault, setFault] = useState<Problem | null>(null)
  const again = useCallback(() => {
    askedSheet(slip, secret).then((found) => { setSheet(found); setFault(null) }, async (error: unknown) => {
      const problem = error instanceof Problem ? error : new Problem(500, {})
      const kept = problem.status === 404 ? null : await keptSheet(slip, secret)
      setSheet((known) => (problem.status === 404 ? null : (known ?? kept)))
      setFault(problem)
    })
  }, [slip, secret])
  useEffect(() => {
    again()
    return onReturn(again)
  }, [again])
  const watched = Boolean(sheet?.button)
  const isElder = useLook((look) => look.elder !== null)
  useEffect(() => {
    if (!watched) return
    offerElder(LARGE)
    const timer = setInterval(again, WATCH_MS)
    return () => clearInterval(timer)
  }, [watched, again])
  useAlone(watched ? 'data-alone' : 'data-tabless', watched || isElder)
  if (sheet) return <View sheet={sheet} secret={secret} again={again} isCut={fault !== null} />
  if (!fault) return <Skeleton lines={5} height="3.5rem" />
  if (fault.status === 404) return <Ask onSecret={onSecret} fault={joined('stop', [fault.message, fault.todo])} />
  return <p className="note" role="alert">{t(fault.status === 0 ? 'offline' : 'failed')}</p>
}

function Ask({ onSecret, fault }: { onSecret: (secret: string) => void; fault: string }) {
  const t = useTexts(words)
  const [code, setCode] = useState('')
  const [empty, setEmpty] = useState(false)
  const open = () => {
    // People write down twelve letters in groups.
    const given = code.replace(/\s/g, '')
    setEmpty(!given)
    if (given) onSecret(given)
  }
  return (
    <form className="card work-form" noValidate onSubmit={(event) => { event.preventDefault(); open() }}>
      {(fault || empty) && <p className="fault" role="alert">{empty ? t('empty') : fault}</p>}
      <label className="field">{t('code')} <span>{t('codeHelp')}</span>
        <input className="text" autoComplete="off" autoCapitalize="characters" maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />
      </label>
      <button type="submit" className="button primary wide">{t('open')}</button>
    </form>
  )
}

function View({ sheet, secret, again, isCut }: { sheet: Sheet; secret: string; again: () => void; isCut: boolean }) {
  const t = useTexts(words)
  const said = useSaid()
  const button = sheet.closed ? null : sheet.button
  const facts = sheet.facts.filter(({ link }) => !link)
  const ways = sheet.facts.filter(({ link }) => link)
  const read = sheet.facts.map(({ label, said: value }) => joined('colon', [said(label), said(value)]))
  return (
    <>
      {isCut && <p className="note" role="status">{t(button ? 'cut' : 'offline')}</p>}
      {button && <BigButton sheet={sheet} button={button} secret={secret} again={again} isCut={isCut} />}
      <section className="card project-head" aria-labelledby="slip-title">
        {!button && <p className="hint">{said(sheet.label)}</p>}
        <h2 id="slip-title">{said(sheet.title)}</h2>
        {facts.length > 0 && <dl className="facts">{facts.map(({ label, said: value }, at) => <div key={at}><dt>{said(label)}</dt><dd>{said(value)}</dd></div>)}</dl>}
        <ReadAloud text={joined('stop', [said(sheet.title), ...read, said(sheet.closed)])} />
      </section>
      <Ways facts={ways} />
      {!button && <SlipForm sheet={sheet} secret={secret} again={again} />}
    </>
  )
}

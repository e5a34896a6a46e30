/** How I want to be told: ways, quiet hours, and whether this phone takes pushes. Alarms come through in any case. */
import { useEffect, useState } from 'react'
import { api } from '../../shared/api'
import { said, texts, useLang, useTexts } from '../../shared/i18n'
import type { Text } from '../../shared/spec'
import { endPush, pushes, startPush, type PushState } from '../device/push'

interface Choice { off: string[]; quiet_from: string | null; quiet_to: string | null; phone: string; mail: string; push_key: string; ways: { key: string; label: Text; lacks: Text | null }[] }

const words = texts({
  title: ['怎样通知我', 'How I am told'], always: ['紧急求助不受以下设置影响。', 'Calls for help come through whatever you set here.'],
  off: ['（平台未启用）', ' (not set up here)'], quiet: ['免打扰时段', 'Quiet hours'], phone: ['手机号', 'Mobile number'], mail: ['邮箱', 'E-mail'],
  save: ['保存', 'Save'], saved: ['已保存', 'Saved'], on: ['本机接收推送', 'This phone takes pushes'], start: ['开启本机推送', 'Turn pushes on here'], end: ['关闭本机推送', 'Turn pushes off here'],
  denied: ['浏览器不允许推送，请在系统设置中打开。', 'The browser does not allow pushes; see its settings.'], none: ['本机浏览器不支持推送。', 'This browser takes no pushes.'],
})

export function Told() {
  const t = useTexts(words)
  const lang = useLang()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [note, setNote] = useState('')
  useEffect(() => {
    api.get<Choice>('/api/notices/choice').then(setChoice, () => setChoice(null))
  }, [])
  if (!choice) return null
  const change = (more: Partial<Choice>) => setChoice({ ...choice, ...more })
  const { off, quiet_from, quiet_to, phone, mail } = choice
  const save = () =>
    void api.put('/api/notices/choice', { off, quiet_from: quiet_from || null, quiet_to: quiet_to || null, phone, mail })
      .then(() => setNote(t('saved')), (error: unknown) => setNote(error instanceof Error ? error.message : String(error)))
  return (
    <details className="card told">
      <summary>{t('title')}</summary>
      <p className="hint">{t('always')}</p>
      {choice.ways.map((way) => (
        <label key={way.key} className="check"><input type="checkbox" checked={!off.includes(way.key)} onChange={(event) => change({ off: event.target.checked ? off.filter((key) => key !== way.key) : [...off, way.key] })} /> {said(way.label, lang)}{way.lacks && t('off')}</label>
      ))}
      <label>{t('quiet')} <input type="time" value={quiet_from ?? ''} onChange={(event) => change({ quiet_from: event.target.value })} /> – <input type="time" aria-label={t('quiet')} value={quiet_to ?? ''} onChange={(event) => change({ quiet_to: event.target.value })} /></label>
      <label>{t('phone')} <input type="tel" value={phone} onChange={(event) => change({ phone: event.target.value })} /></label>
      <label>{t('mail')} <input type="email" value={mail} onChange={(event) => change({ mail: event.target.value })} /></label>
      <button type="button" className="button" onClick={save}>{t('save')}</button>
      {choice.push_key && <Push serverKey={choice.push_key} />}
      {note && <p role="status">{note}</p>}
    </details>
  )
}

function Push({ serverKey }: { serverKey: string }) {
  const t = useTexts(words)
  const [state, setState] = useState<PushState>('off')
  useEffect(() => {
    void pushes().then(setState)
  }, [])
  if (state === 'none') return <p className="hint">{t('none')}</p>
  if (state === 'denied') return <p className="hint">{t('denied')}</p>
  return (
    <p>
      {state === 'on' && t('on')} <button type="button" className="button" onClick={() => void (state === 'on' ? endPush() : startPush(serverKey)).then(setState)}>{t(state === 'on' ? 'end' : 'start')}</button>
    </p>
  )
}

/** Who it is, if they want to say so, with who sees it and how long; then it is sent. */
import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { KINDS, type CaseKind } from '../data/cases'
import { useKept } from '../data/kept'
import { sendNow } from '../outbox/keepSending'
import { put } from '../outbox/outbox'
import { go } from '../routes'
import { isPhone, parcelOf } from './body'
import { change, clearReport, reportNow, useReport } from './draft'
import { Step } from './Step'
import { Summary } from './Summary'

const words = texts({
  title: ['怎么称呼您？', 'How may we call you?'],
  help: ['姓名和电话都可以不填，不填也照样办理。', 'Name and telephone are optional; it is handled all the same.'],
  name: ['姓名', 'Name'],
  phone: ['电话', 'Telephone'],
  optional: ['（可以不填）', '(optional)'],
  phoneHint: ['办理时可能打给您核实', 'They may call to ask'],
  who: ['只有正在办理这件事的工作人员，说明用途后才看得到姓名和电话，每次查看都有记录；加密保存，办结{time}后自动删除。邻居和公开页面看不到。', 'Only staff who work on this see name and telephone, after saying why, and every look is kept on record. They are encrypted and deleted {time} after the end. Neighbours and public pages never see them.'],
  years: [' {n} 年', '{n} years'], days: [' {n} 天', '{n} days'],
  whoUnknown: ['只有正在办理这件事的工作人员，说明用途后才看得到姓名和电话。', 'Only staff who work on this see name and telephone, after saying why.'],
  send: ['提交', 'Send'],
  badPhone: ['电话至少 7 位数字，只能有数字和 + - ( )；也可以不填', 'A telephone has 7 digits or more, and only digits and + - ( ); or leave it empty'],
  refused: ['这部手机不让网页保存内容，暂时提交不了。请打 12345 反映。', 'This phone does not let pages store anything. Please call 12345.'],
  lost: ['请先选好是什么事、在哪里', 'First say what it is and where'],
})
const YEAR = 365

export function WhoStep() {
  const t = useTexts(words)
  const { name, phone, kind } = useReport()
  const [fault, setFault] = useState<'badPhone' | 'refused' | 'lost' | null>(null)
  const days = useKept<{ kinds: CaseKind[] }>(KINDS).body?.kinds.find((one) => one.key === kind)?.kept_days
  const send = async () => {
    const report = reportNow()
    if (!isPhone(report.phone)) return setFault('badPhone')
    if (!report.kind || !report.spot) return setFault('lost')
    try {
      await put(parcelOf(report))
    } catch {
      return setFault('refused')
    }
    await clearReport()
    sendNow()
    go({ page: 'cases' })
  }
  return (
    <Step title={t('title')} help={t('help')} fault={fault ? t(fault) : ''} next={t('send')} backTo="words" onNext={() => void send()}>
      <label className="field">{t('name')} <span>{t('optional')}</span>
        <input className="text" autoComplete="name" maxLength={60} value={name} onChange={(event) => change({ name: event.target.value })} />
      </label>
      <label className="field">{t('phone')} <span>{t('optional')} {t('phoneHint')}</span>
        <input className="text" type="tel" autoComplete="tel" maxLength={30} value={phone} aria-invalid={fault === 'badPhone'} onChange={(event) => { change({ phone: event.target.value }); setFault(null) }} />
      </label>
      <p className="privacy">{days ? t('who', { time: days % YEAR ? t('days', { n: days }) : t('years', { n: days / YEAR }) }) : t('whoUnknown')}</p>
      <Summary />
    </Step>
  )
}

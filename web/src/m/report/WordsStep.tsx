/** What was seen, in words or spoken; what this kind asks besides; whether somebody is in danger; when it was. */
import { useState } from 'react'
import { dayOf, time } from '../../shared/format'
import { texts, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { KINDS, type CaseKind } from '../data/cases'
import { useKept } from '../data/kept'
import { Dictate } from '../parts/Dictate'
import { change, useReport } from './draft'
import { Questions } from './Questions'
import { goStep, Step } from './Step'

const words = texts({
  title: ['说说是什么情况', 'Say what you saw'],
  topic: ['事项：{name}', 'Topic: {name}'],
  label: ['情况', 'What you saw'],
  hint: ['例如：井盖松了，车压上去会响，晚上看不清', 'For example: the cover is loose and hard to see at night'],
  danger: ['有人可能受伤', 'Somebody may get hurt'],
  dangerMore: ['例如井盖缺失、电线掉落。正在发生危险，请先打 110 或 119。', 'A missing cover, a fallen cable. If it is happening now, call 110 or 119 first.'],
  when: ['照片拍于 {day} {time}，就是那时发生的', 'It was when the photo was taken: {time} on {day}'],
  least: ['请写几个字，或回到上一步拍一张照片', 'Write a few words, or go back and take a photo'],
  answer: ['还有必填的问题没有回答', 'A question that has to be answered is open'],
})

export function WordsStep() {
  const t = useTexts(words)
  const { words: said, danger, occurredAt, photos, categoryName, kind, answers } = useReport()
  const [fault, setFault] = useState<'least' | 'answer' | null>(null)
  const asked = useKept<{ kinds: CaseKind[] }>(KINDS).body?.kinds.find((one) => one.key === kind)?.questions ?? null
  const takenAt = photos.find((photo) => photo.at)?.at
  const next = () => {
    const open = (asked?.required ?? []).some((name) => answers[name] === undefined || answers[name] === '')
    const missing = !said.trim() && !photos.length ? 'least' : open ? 'answer' : null
    setFault(missing)
    if (!missing) void goStep('near')
  }
  return (
    <Step title={t('title')} help={t('topic', { name: categoryName })} fault={fault ? t(fault) : ''} onNext={next}>
      <label className="field" htmlFor="words">{t('label')}</label>
      <textarea id="words" rows={5} maxLength={2000} value={said} placeholder={t('hint')} aria-describedby={fault ? 'fault' : undefined}
        onChange={(event) => { change({ words: event.target.value }); setFault(null) }} />
      <Dictate onWords={(heard) => change({ words: joined('comma', [said, heard]) })} />
      {asked && <Questions schema={asked} answers={answers} onAnswers={(given) => change({ answers: given })} />}
      <label className="tick">
        <input type="checkbox" checked={danger} onChange={(event) => change({ danger: event.target.checked })} />
        <span>{t('danger')}<span>{t('dangerMore')}</span></span>
      </label>
      {takenAt && (
        <label className="tick">
          <input type="checkbox" checked={occurredAt === takenAt} onChange={(event) => change({ occurredAt: event.target.checked ? takenAt : null })} />
          <span>{t('when', { day: dayOf(takenAt), time: time(takenAt) })}</span>
        </label>
      )}
    </Step>
  )
}

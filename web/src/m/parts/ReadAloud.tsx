/** Reads a text aloud with the browser's own voice, where it has one. */
import { useEffect, useState } from 'react'
import { texts, useLang, useTexts } from '../../shared/i18n'
import { Icon } from './Icon'

const words = texts({ read: ['读给我听', 'Read aloud'], stop: ['停止朗读', 'Stop reading'] })

const canSpeak = (): boolean => typeof window !== 'undefined' && 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window

function speak(text: string, lang: string, ended: () => void): void {
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = lang
  utterance.rate = 0.9
  utterance.onend = ended
  utterance.onerror = ended
  speechSynthesis.cancel()
  speechSynthesis.speak(utterance)
}

export function ReadAloud({ text }: { text: string }) {
  const t = useTexts(words)
  const lang = useLang()
  const [reading, setReading] = useState(false)
  useEffect(() => () => {
    if (canSpeak()) speechSynthesis.cancel()
  }, [text])
  if (!canSpeak()) return null
  const stop = () => setReading(false)
  const toggle = () => {
    if (reading) speechSynthesis.cancel()
    else speak(text, lang === 'zh' ? 'zh-CN' : 'en-GB', stop)
    setReading(!reading)
  }
  return (
    <button type="button" className="button read-aloud" aria-pressed={reading} onClick={toggle}>
      <Icon name={reading ? 'stop' : 'speaker'} />{t(reading ? 'stop' : 'read')}
    </button>
  )
}

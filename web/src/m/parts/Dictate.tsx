/** Speaking instead of typing, where the browser can listen. Some browsers send the voice to their maker, so it says so. */
import { useState } from 'react'
import { texts, useLang, useTexts } from '../../shared/i18n'
import { Icon } from './Icon'

interface Heard { results: ArrayLike<ArrayLike<{ transcript: string }>> }
interface Listener { lang: string; onresult: ((heard: Heard) => void) | null; onend: (() => void) | null; onerror: (() => void) | null; start: () => void; stop: () => void }
type Listening = new () => Listener

const words = texts({
  speak: ['用说的', 'Speak instead'], stop: ['说完了', 'Stop listening'],
  note: ['语音由手机浏览器转成文字，有的浏览器会把声音传给它的厂商。', 'The browser turns speech into text; some send the voice to their maker.'],
})

const listening = (): Listening | undefined => {
  const found = window as unknown as { SpeechRecognition?: Listening; webkitSpeechRecognition?: Listening }
  return found.SpeechRecognition ?? found.webkitSpeechRecognition
}

/** `bare`: a button beside a search box, which says where the voice goes once it listens. */
export function Dictate({ onWords, bare = false }: { onWords: (words: string) => void; bare?: boolean }) {
  const t = useTexts(words)
  const lang = useLang()
  const [listener, setListener] = useState<Listener | null>(null)
  const Maker = listening()
  if (!Maker) return null
  const start = () => {
    const one = new Maker()
    one.lang = lang === 'zh' ? 'zh-CN' : 'en-GB'
    one.onresult = ({ results }) => onWords(Array.from(results, (result) => result[0]?.transcript ?? '').join(''))
    one.onend = one.onerror = () => setListener(null)
    one.start()
    setListener(one)
  }
  return (
    <div className="dictate">
      <button type="button" className="button" aria-pressed={listener !== null} onClick={() => (listener ? listener.stop() : start())}>
        <Icon name={listener ? 'stop' : 'mic'} />{t(listener ? 'stop' : 'speak')}
      </button>
      {(!bare || listener) && <p className="hint">{t('note')}</p>}
    </div>
  )
}

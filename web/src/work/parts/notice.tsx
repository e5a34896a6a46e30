/** A short word on what has just happened, read out and gone after a while; hovering or focusing keeps it. */
import { CloseOutlined } from '@ant-design/icons'
import { create } from 'zustand'
import { useTexts } from '../../shared/i18n'
import { Mark } from '../../shared/Status'
import { deskWords } from '../words'
import './notice.css'

type Kind = 'done' | 'failed' | 'said'
interface Notice {
  id: number
  kind: Kind
  text: string
}

const KEEP_MS: Record<Kind, number> = { done: 5_000, said: 6_000, failed: 15_000 }
const MOST = 3
const useNotices = create<{ notices: Notice[] }>(() => ({ notices: [] }))
let last = 0

const forget = (id: number): void => useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))

export function tell(kind: Kind, text: string): void {
  const id = ++last
  useNotices.setState(({ notices }) => ({ notices: [...notices, { id, kind, text }].slice(-MOST) }))
  setTimeout(() => forget(id), KEEP_MS[kind])
}

const MARKS = { done: 'ok', failed: 'breach', said: 'awaiting' } as const

/** Where notices appear. The region is always there, or screen readers would miss the first. */
export function Notices() {
  const word = useTexts(deskWords)
  const notices = useNotices((state) => state.notices)
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map(({ id, kind, text }) => (
        <p key={id} data-kind={kind}>
          <Mark status={MARKS[kind]} />
          {text}
          <button type="button" aria-label={word('close')} onClick={() => forget(id)}>
            <CloseOutlined />
          </button>
        </p>
      ))}
    </div>
  )
}

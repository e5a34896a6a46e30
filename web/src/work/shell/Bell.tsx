/** What the reader was told in the platform, with a count of what is new; looking at it is the receipt. */
import { BellOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Pop } from '../parts/Pop'
import { momentText } from '../values'
import './bell.css'
import { shellWords } from './words'

interface Letter {
  id: number
  title: string
  body: string
  link: string
  urgent: boolean
  at: string
  unread: boolean
}
interface Letters {
  rows: Letter[]
  unread: number
}

const KEY = ['notices', 'mine']
const EVERY_MS = 30_000

function useLetters() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<Letters>('/api/notices/mine', {}, signal),
    refetchInterval: EVERY_MS,
  })
}

function Line({ letter }: { letter: Letter }) {
  return (
    <li data-unread={letter.unread || undefined} data-urgent={letter.urgent || undefined}>
      <b>{letter.link ? <a href={letter.link}>{letter.title}</a> : letter.title}</b>
      <span>{letter.body}</span>
      <time className="meta num" dateTime={letter.at}>
        {momentText(letter.at)}
      </time>
    </li>
  )
}

/** Lies open: what is shown counts as seen once it is closed, so that the new ones stay marked while they are read. */
function Opened() {
  const t = useTexts(shellWords)
  const letters = useLetters()
  const queries = useQueryClient()
  const newest = letters.data?.unread ? Math.max(...letters.data.rows.map(({ id }) => id)) : 0
  useEffect(() => {
    if (newest) void api.post('/api/notices/mine/seen', { newest })
    return () => void queries.invalidateQueries({ queryKey: KEY })
  }, [newest, queries])
  if (letters.isPending) return <Skeleton lines={3} />
  if (letters.isError) return <Failed error={letters.error} again={() => void letters.refetch()} />
  if (!letters.data.rows.length) return <p className="meta">{t('noNotices')}</p>
  return (
    <ul className="letters">
      {letters.data.rows.map((letter) => (
        <Line key={letter.id} letter={letter} />
      ))}
    </ul>
  )
}

export function Bell() {
  const t = useTexts(shellWords)
  const unread = useLetters().data?.unread ?? 0
  const face = (
    <span className="bell" aria-label={unread ? t('noticesNew', { count: unread }) : t('notices')}>
      <BellOutlined aria-hidden="true" />
      {unread > 0 && <b className="num">{unread > 99 ? '99+' : unread}</b>}
    </span>
  )
  return (
    <Pop type="text" label={face} name={t('notices')} wide>
      {() => <Opened />}
    </Pop>
  )
}

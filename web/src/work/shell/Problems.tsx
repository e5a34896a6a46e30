/** Pages that say in words why there is nothing to see. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Problem } from '../../shared/api'
import { langNow, useTexts } from '../../shared/i18n'
import { deskWords } from '../words'
import { problemWords } from './words'

interface Saying {
  title: string
  help: string
  code?: string
  children?: ReactNode
}

/** The frame of all of them: what happened, what it means, what to do. */
export function Sorry({ title, help, code, children }: Saying) {
  const t = useTexts(problemWords)
  return (
    <section className="sorry" role="alert">
      <h1>{title}</h1>
      <p>{help}</p>
      {code && <p className="meta">{t('code', { code })}</p>}
      <div className="row">
        {children}
        <Link to="/" className="desk-link">
          {t('home')}
        </Link>
      </div>
    </section>
  )
}

export function NotFound() {
  const t = useTexts(problemWords)
  return (
    <div className="page">
      <Sorry title={t('notFound')} help={t('notFoundHelp')} />
    </div>
  )
}

type Kind = 'notFound' | 'forbidden' | 'server' | 'offline'

function kindOf(error: Error): Kind {
  const status = error instanceof Problem ? error.status : 500
  if (status === 0) return 'offline'
  if (status === 404) return 'notFound'
  return status === 403 || status === 401 ? 'forbidden' : 'server'
}

/** The server's own sentence wins over ours: it knows more. What was not found it can only name, which helps nobody. */
export function ProblemPage({ error, again }: { error: Error; again?: () => void }) {
  const t = useTexts(problemWords)
  const word = useTexts(deskWords)
  const kind = kindOf(error)
  const own = error instanceof Problem && kind !== 'offline' && kind !== 'notFound' ? [error.detail, error.todo].filter(Boolean).join(' ') : ''
  const repeat = again && (kind === 'server' || kind === 'offline')
  return (
    <Sorry title={t(kind)} help={own || t(`${kind}Help`)} code={error instanceof Problem && kind === 'server' ? error.code : ''}>
      {repeat && (
        <Button type="primary" onClick={again}>
          {word('retry')}
        </Button>
      )}
    </Sorry>
  )
}

const ended = (sentence: string): string => (/[。.!?！？]$/.test(sentence) ? sentence : sentence + (langNow() === 'zh' ? '。' : '.'))

/** The sentence to show beside a button whose action failed. Of what was not found the server's detail is the bare name. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Problem)) return String(error instanceof Error ? error.message : error)
  const first = error.errors[0]?.message
  const what = error.status === 404 ? error.message : error.detail || error.message
  const sentences = [what, first && first !== error.detail ? first : '', error.todo].filter(Boolean)
  return sentences.map((sentence) => ended(sentence as string)).join(langNow() === 'zh' ? '' : ' ')
}

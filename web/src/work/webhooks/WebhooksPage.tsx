/** Who is told of changes outside, how each stands, and what did not arrive. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Status } from '../../shared/spec'
import { Skeleton } from '../../shared/States'
import { Mark } from '../../shared/Status'
import { useModel } from '../records'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import { EMPTY, momentText } from '../values'
import { SUBSCRIPTION, useWebhooks, type Answered, type Webhook } from './api'
import { Opened } from './Opened'
import './webhooks.css'
import { webhookWords } from './words'

const Subscribe = lazy(() => import('./Subscribe'))
const SUBSCRIBE = 'subscribe'

type Word = keyof typeof webhookWords

function standingOf(hook: Webhook): [Status, Word] {
  if (!hook.active) return ['none', 'stopped']
  if (hook.dead) return ['breach', 'givenUp']
  if (hook.fault) return ['watch', 'failing']
  return hook.tried_at ? ['ok', 'good'] : ['awaiting', 'never']
}

/** What the receiver answered, in words. */
export function useAnswer(): (one: Answered) => string {
  const t = useTexts(webhookWords)
  const said = useSaid()
  return ({ status, fault, fault_label: label }) => {
    if (status === null) return EMPTY
    if (!fault) return t('answered', { status })
    return status ? t('answeredWith', { status, why: said(label) }) : said(label)
  }
}

function Line({ hook, isOpen }: { hook: Webhook; isOpen: boolean }) {
  const t = useTexts(webhookWords)
  const answer = useAnswer()
  const [mark, word] = standingOf(hook)
  return (
    <tr aria-current={isOpen || undefined}>
      <th scope="row">
        <Link to={`?id=${hook.id}`}>{hook.name}</Link>
        <span className="meta hook-address">{hook.address}</span>
      </th>
      <td data-head={t('state')}>
        <span className="hook-state">
          <Mark status={mark} />
          {t(word)}
        </span>
      </td>
      <td data-head={t('lastAnswer')}>
        {answer(hook)}
        {hook.tried_at && <span className="meta num block">{momentText(hook.tried_at)}</span>}
      </td>
      <td className="num end" data-head={t('waiting')}>
        {number(hook.waiting, 0)}
      </td>
      <td className="num end" data-head={t('dead')}>
        {hook.dead ? <b className="error-text">{number(hook.dead, 0)}</b> : 0}
      </td>
      <td className="num" data-head={t('nextTry')}>
        {hook.next_at ? momentText(hook.next_at) : EMPTY}
      </td>
    </tr>
  )
}

const HEADS: readonly Word[] = ['name', 'state', 'lastAnswer', 'waiting', 'dead', 'nextTry']

function List({ hooks, open }: { hooks: Webhook[]; open: string }) {
  const t = useTexts(webhookWords)
  if (!hooks.length) return <p className="nothing">{t('none')}</p>
  return (
    <div className="sheet scroll-x" role="region" aria-label={t('title')} tabIndex={0}>
      <table className="plain-table hooks hook-cards">
        <thead>
          <tr>
            {HEADS.map((key) => (
              <th key={key} scope="col" className={key === 'waiting' || key === 'dead' ? 'end' : undefined}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hooks.map((hook) => (
            <Line key={hook.id} hook={hook} isOpen={String(hook.id) === open} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

export default function WebhooksPage() {
  const t = useTexts(webhookWords)
  const [params, setParams] = useSearchParams()
  const open = params.get('id') ?? ''
  const hooks = useWebhooks()
  const model = useModel(SUBSCRIPTION)
  const [adding, setAdding] = useState(false)
  const failed = hooks.error ?? model.error
  if (failed)
    return (
      <div className="page">
        <ProblemPage error={failed} again={() => void Promise.all([hooks.refetch(), model.refetch()])} />
      </div>
    )
  const shown = hooks.data?.find((hook) => String(hook.id) === open)
  const mayAdd = model.data?.actions.some((action) => action.id === SUBSCRIBE)
  return (
    <div className="page">
      <Crumbs path={[{ label: t('title') }]} />
      <header className="row between hook-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="meta">{t('about')}</p>
        </div>
        {mayAdd && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </header>
      {!hooks.data && <Skeleton lines={5} />}
      {hooks.data && <List hooks={hooks.data} open={open} />}
      {shown && model.data && <Opened key={shown.id} hook={shown} model={model.data} />}
      {adding && (
        <Suspense fallback={null}>
          <Subscribe
            onClose={(id) => {
              setAdding(false)
              if (id) setParams({ id: String(id) })
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

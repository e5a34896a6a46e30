/** One webhook: what it is, what can be done with it, and its deliveries by state. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { number } from '../../shared/format'
import { useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { useLabel } from '../labels'
import { tell } from '../parts/notice'
import { Tabs } from '../parts/Tabs'
import { useForget, useRecord } from '../records'
import { useModelNames } from '../shell/models'
import { sentenceOf } from '../shell/Problems'
import { momentText } from '../values'
import type { Action, Model } from '../wire'
import { SUBSCRIPTION, test, type Webhook } from './api'
import { Deliveries } from './Deliveries'
import { webhookWords } from './words'

const ActionDialog = lazy(() => import('../record/ActionDialog'))
const Change = lazy(() => import('./Change'))
const CHANGE = 'change_subscription'
const MAY_TEST = 'renew_secret'

function useTest(hook: Webhook) {
  const t = useTexts(webhookWords)
  const said = useSaid()
  const forget = useForget()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    try {
      const { status, fault, fault_label: label } = await test(hook.id)
      const why = status ? t('answeredWith', { status, why: said(label) }) : said(label)
      tell(fault ? 'failed' : 'done', fault ? t('testBad', { why }) : t('testGood', { status: status ?? 0 }))
      await forget(SUBSCRIPTION)
    } catch (error) {
      tell('failed', sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, send }
}

function Bar({ hook, model }: { hook: Webhook; model: Model }) {
  const t = useTexts(webhookWords)
  const label = useLabel()
  const record = useRecord(SUBSCRIPTION, hook.id)
  const { busy, send } = useTest(hook)
  const [open, setOpen] = useState<Action | null>(null)
  const actions = hook.allowed_actions.flatMap((id) => model.actions.find((action) => action.id === id) ?? [])
  const fits = (action: Action) => action.id !== 'replay_dead' || hook.dead > 0
  return (
    <div className="action-bar" role="group" aria-label={hook.name}>
      {hook.allowed_actions.includes(MAY_TEST) && (
        <Button type="primary" loading={busy} onClick={() => void send()}>
          {t('test')}
        </Button>
      )}
      {actions.filter(fits).map((action) => (
        <Button key={action.id} danger={action.id === 'remove_subscription'} onClick={() => setOpen(action)}>
          {label(action.title)}
        </Button>
      ))}
      <Suspense fallback={null}>
        {open?.id === CHANGE && <Change hook={hook} model={model} onClose={() => setOpen(null)} />}
        {open && open.id !== CHANGE && record.data && (
          <ActionDialog model={model} answer={record.data} action={open} onClose={() => setOpen(null)} />
        )}
      </Suspense>
    </div>
  )
}

function Facts({ hook }: { hook: Webhook }) {
  const t = useTexts(webhookWords)
  const said = useSaid()
  const models = useModelNames().data ?? []
  const named = hook.topics.map((topic) => said(models.find((model) => model.name === topic)?.label) || topic)
  return (
    <dl className="hook-facts">
      <div>
        <dt>{t('address')}</dt>
        <dd className="raw">{hook.address}</dd>
      </div>
      <div>
        <dt>{t('topics')}</dt>
        <dd>{joined('list', named) || t('allTopics')}</dd>
      </div>
      <div>
        <dt>{t('account')}</dt>
        <dd>{hook.account}</dd>
      </div>
      {hook.old_secret_until && Date.parse(hook.old_secret_until) > Date.now() && (
        <div>
          <dt>{t('oldSecret')}</dt>
          <dd>{t('oldSecretUntil', { time: momentText(hook.old_secret_until) })}</dd>
        </div>
      )}
      {hook.behind > 0 && (
        <div>
          <dt>{t('unread')}</dt>
          <dd>{t('behind', { count: number(hook.behind, 0) })}</dd>
        </div>
      )}
    </dl>
  )
}

const STATES = ['dead', 'waiting', 'sent', 'withheld'] as const

export function Opened({ hook, model }: { hook: Webhook; model: Model }) {
  const t = useTexts(webhookWords)
  const [state, setState] = useState<string>(hook.dead ? 'dead' : hook.waiting ? 'waiting' : 'sent')
  const counted = { dead: hook.dead, waiting: hook.waiting } as Record<string, number>
  const tabs = STATES.map((key) => ({
    key,
    label: key in counted ? `${t(key)} ${number(counted[key] ?? 0, 0)}` : t(key),
    content: () => <Deliveries hook={hook} state={key} />,
  }))
  return (
    <section className="card hook-open" aria-label={hook.name}>
      <h2>{hook.name}</h2>
      <Facts hook={hook} />
      <Bar hook={hook} model={model} />
      <Tabs tabs={tabs} current={state} name={t('deliveries')} onChange={setState} />
    </section>
  )
}

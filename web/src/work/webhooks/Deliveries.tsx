/** Deliveries of one webhook in one state, each with every try. */
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSaid, useTexts, useLang } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { useLabel } from '../labels'
import { tell } from '../parts/notice'
import { recordAddress, whereAddress } from '../paths'
import { useForget, useModel } from '../records'
import { useModelNames } from '../shell/models'
import { sentenceOf } from '../shell/Problems'
import { EMPTY, momentText, valueText } from '../values'
import type { Dict, Model, Row } from '../wire'
import { DELIVERY, SHOWN, SUBSCRIPTION, sendAgain, useCalls, useDeliveries, type Webhook } from './api'
import { webhookWords } from './words'

/** Why a call failed: the options of the register's own field say it. */
function useWhy(model: Model | undefined, dict: Dict | null | undefined): (row: Row) => string {
  const lang = useLang()
  const field = model?.fields.find((one) => one.key === 'fault')
  return (row) => (field && row['fault'] ? valueText(field, row['fault'], row, dict, lang) : '')
}

function useAnswerOf(why: (row: Row) => string): (row: Row) => string {
  const t = useTexts(webhookWords)
  return (row) => {
    const status = row['status'] as number | null
    if (status === null || status === undefined) return EMPTY
    if (!row['fault']) return t('answered', { status })
    return status ? t('answeredWith', { status, why: why(row) }) : why(row)
  }
}

function Calls({ delivery, model }: { delivery: Row; model: Model | undefined }) {
  const t = useTexts(webhookWords)
  const calls = useCalls(delivery)
  const why = useWhy(model, calls.data?.dict)
  if (calls.isPending) return <Skeleton lines={2} />
  if (calls.isError) return <Failed error={calls.error} again={() => void calls.refetch()} />
  const isSent = delivery['state'] === 'sent'
  const putOff = Number(delivery['attempts']) - (isSent ? 1 : 0) - calls.data.rows.length
  return (
    <ol className="calls" aria-label={t('calls')}>
      {calls.data.rows.map((row) => (
        <li key={row.id}>
          {t(row['status'] ? 'callAt' : 'callNone', { time: momentText(row['at']), status: Number(row['status']), why: why(row) })}
        </li>
      ))}
      {putOff > 0 && <li>{t('putOff', { count: putOff })}</li>}
      {isSent && <li>{t('callSent', { time: momentText(delivery['sent_at']), status: Number(delivery['status']) })}</li>}
      {delivery['state'] === 'waiting' && <li>{t('callNext', { time: momentText(delivery['next_at']) })}</li>}
      {delivery['state'] === 'dead' && <li>{t('noMore')}</li>}
    </ol>
  )
}

/** What happened to which record; a change of many rows names none. */
function What({ row }: { row: Row }) {
  const t = useTexts(webhookWords)
  const said = useSaid()
  const entity = String(row['entity'])
  const models = useModelNames().data ?? []
  const own = useModel(entity).data
  const key = String(row['action'])
  const word = `action_${key}` as keyof typeof webhookWords
  const action = said(own?.actions.find((one) => one.id === key)?.title) || (word in webhookWords ? t(word) : key)
  const label = said(models.find((model) => model.name === entity)?.label) || entity
  const id = Number(row['object_id'])
  return (
    <>
      {id ? <Link to={recordAddress(entity, id)}>{`${label} ${id}`}</Link> : `${label} · ${t('many')}`}
      <span className="meta block">{action}</span>
    </>
  )
}

function Again({ row }: { row: Row }) {
  const t = useTexts(webhookWords)
  const forget = useForget()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    try {
      await sendAgain(row)
      tell('done', t('againDone'))
      await forget(DELIVERY, SUBSCRIPTION)
    } catch (error) {
      tell('failed', sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="small" loading={busy} onClick={() => void send()}>
      {t('again')}
    </Button>
  )
}

interface LineOf {
  row: Row
  model: Model | undefined
  answer: string
  mayAgain: boolean
}

function Line({ row, model, answer, mayAgain }: LineOf) {
  const t = useTexts(webhookWords)
  const [open, setOpen] = useState(false)
  return (
    <>
      <tr>
        <td className="num">{String(row['sequence'])}</td>
        <td>
          <What row={row} />
        </td>
        <td className="num">{momentText(row['happened_at'])}</td>
        <td>
          <button
            type="button"
            className="calls-toggle num"
            aria-expanded={open}
            aria-label={t('showCalls', { sequence: String(row['sequence']) })}
            onClick={() => setOpen(!open)}
          >
            {String(row['attempts'])} <i aria-hidden="true">{open ? '▾' : '▸'}</i>
          </button>
        </td>
        <td>{answer}</td>
        <td className="num">{row['next_at'] ? momentText(row['next_at']) : EMPTY}</td>
        <td>{mayAgain && row['state'] !== 'waiting' && <Again row={row} />}</td>
      </tr>
      {open && (
        <tr>
          <td colSpan={7}>
            <Calls delivery={row} model={model} />
          </td>
        </tr>
      )}
    </>
  )
}

const HEADS = ['sequence', 'change', 'at', 'attempts', 'answer', 'nextTry'] as const

export function Deliveries({ hook, state }: { hook: Webhook; state: string }) {
  const t = useTexts(webhookWords)
  const label = useLabel()
  const model = useModel(DELIVERY).data
  const found = useDeliveries(hook.id, state)
  const answerOf = useAnswerOf(useWhy(model, found.data?.dict))
  if (found.isPending) return <Skeleton lines={4} />
  if (found.isError) return <Failed error={found.error} again={() => void found.refetch()} />
  if (!found.data.rows.length) return <p className="nothing">{t('noDeliveries')}</p>
  const mayAgain = Boolean(model?.actions.some((action) => action.id === 'replay')) && hook.allowed_actions.includes('replay_from')
  const sequence = label(model?.fields.find((field) => field.key === 'sequence')?.label)
  return (
    <>
      <div className="scroll-x" role="region" aria-label={t('deliveries')} tabIndex={0}>
        <table className="plain-table hooks">
          <thead>
            <tr>
              {HEADS.map((key) => (
                <th key={key} scope="col">
                  {key === 'sequence' ? sequence : t(key)}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">{t('again')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.data.rows.map((row) => (
              <Line key={row.id} row={row} model={model} answer={answerOf(row)} mayAgain={mayAgain} />
            ))}
          </tbody>
        </table>
      </div>
      {found.data.rows.length >= SHOWN && (
        <p className="meta">
          <Link className="desk-link" to={whereAddress(DELIVERY, { subscription: hook.id, state })}>
            {t('all')}
          </Link>
        </p>
      )}
    </>
  )
}

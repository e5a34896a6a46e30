/** Reading webhooks and their deliveries. The sender works outside of the stream, so an open page asks again by itself. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import type { Label } from '../../shared/spec'
import { useLang } from '../../shared/i18n'
import { recordPath } from '../records'
import type { Id, Row, Rows } from '../wire'

export const SUBSCRIPTION = 'data.subscription'
export const DELIVERY = 'data.delivery'
export const ATTEMPT = 'data.attempt'
const EVERY_MS = 3_000
export const SHOWN = 20

export interface Answered {
  status: number | null
  fault: string
  fault_label: Label | null
}
export interface Webhook extends Answered {
  id: number
  version: number
  name: string
  address: string
  topics: string[]
  account: string
  active: boolean
  tried_at: string | null
  waiting: number
  dead: number
  next_at: string | null
  behind: number
  old_secret_until: string | null
  allowed_actions: string[]
}

/** Under the key of its register, so that whatever changes a subscription also forgets this. */
export function useWebhooks() {
  return useQuery({
    queryKey: ['records', SUBSCRIPTION, 'standing'],
    queryFn: async ({ signal }) => (await api.get<{ rows: Webhook[] }>('/api/webhooks', {}, signal)).rows,
    refetchInterval: EVERY_MS,
  })
}

export function useDeliveries(webhook: Id, state: string) {
  const where = [`subscription:eq:${webhook}`, `state:eq:${state}`]
  const lang = useLang()
  return useQuery({
    queryKey: ['records', DELIVERY, 'of', webhook, state, lang],
    queryFn: ({ signal }) => api.get<Rows>(recordPath(DELIVERY), { where, sort: '-sequence', limit: SHOWN }, signal),
    refetchInterval: EVERY_MS,
  })
}

export function useCalls(delivery: Row) {
  const lang = useLang()
  const where = [`delivery:eq:${delivery.id}`]
  return useQuery({
    queryKey: ['records', ATTEMPT, 'of', delivery.id, delivery['attempts'], lang],
    queryFn: ({ signal }) => api.get<Rows>(recordPath(ATTEMPT), { where, sort: 'at', limit: 100 }, signal),
  })
}

export const test = (id: Id): Promise<Answered> => api.post(`/api/webhooks/${id}/test`, {})
export const sendAgain = (row: Row): Promise<unknown> => api.post(`${recordPath(DELIVERY, row.id)}/actions/replay`, { values: {}, version: row.version })

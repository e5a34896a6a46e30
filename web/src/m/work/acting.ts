/** From a card to what is sent: an act with its photos, in the lane of its case; and what the phone shows until the server has answered. */
import type { Act, Card } from '../data/work'
import type { Draft, Parcel } from '../outbox/parcel'
import type { SmallPhoto } from '../outbox/photo'

export interface Filled { values: Record<string, unknown>; why: string; photos: Record<string, readonly SmallPhoto[]> }

export const laneOf = (card: Card): string => `case ${card.case.id}`

function rowOf(card: Card, act: Act): { entity: string; id: number; version: number } {
  const row = act.on === 'task' && card.task ? card.task : card.case
  return { entity: act.on === 'task' ? 'cases.casetask' : 'cases.case', id: row.id, version: row.version }
}

export function actParcel(card: Card, act: Act, { values, why, photos }: Filled, account: number, label: string): Draft {
  const { entity, id, version } = rowOf(card, act)
  const sent = Object.entries(photos).flatMap(([field, some]) => some.map(({ name, type, bytes }) => ({ field: `values.${field}[]`, name, type, bytes, file: null })))
  return {
    kind: 'work', address: `/api/records/${entity}/${id}/actions/${act.key}`, body: { values, why, version }, subject: `${label} · ${card.case.title}`,
    photos: sent, lane: laneOf(card), account,
  }
}

const actOf = (parcel: Parcel): string => /\/actions\/(\w+)$/.exec(parcel.address)?.[1] ?? ''

export interface Standing { task: string | null; case: string }

/** Where task and case will stand once everything that waits on this phone has arrived, so that the next step can be written now. */
export function standing(card: Card, parcels: readonly Parcel[]): Standing {
  const found: Standing = { task: card.task?.state ?? null, case: card.case.state }
  const waiting = parcels.filter((one) => one.lane === laneOf(card) && (one.state === 'waiting' || one.state === 'conflict'))
  for (const parcel of [...waiting].sort((a, b) => a.written_at - b.written_at)) {
    const act = card.acts.find((one) => one.key === actOf(parcel) && one.step)
    if (act) found[act.on] = act.to
  }
  return found
}

/** The acts that are open then, the usual next one first. */
export function openActs(card: Card, parcels: readonly Parcel[]): Act[] {
  const now = standing(card, parcels)
  const open = card.acts.filter((act) => !act.step || act.from.includes(now[act.on] ?? ''))
  return [...open].sort((a, b) => Number(b.primary) - Number(a.primary))
}

/** From a card or a stop to what is sent: an act with its photos, in its lane; and what the phone shows until the server has answered. */
import type { Act, Card, Round, Stop } from '../data/work'
import type { Draft, Parcel } from '../outbox/parcel'
import type { SmallPhoto } from '../outbox/photo'
import type { Point } from '../place/shapes'
import { pointOf } from './route'

export interface Filled { values: Record<string, unknown>; why: string; photos: Record<string, readonly SmallPhoto[]> }

export const laneOf = (card: Card): string => `case ${card.case.id}`

/** The record that an act is done to. `at` is where photos of it are expected, null where nobody asks. */
export interface Target { entity: string; id: number; version: number; title: string; lane: string; at: Point | null }

export function cardTarget(card: Card, act: Act): Target {
  const row = act.on === 'task' && card.task ? card.task : card.case
  const entity = act.on === 'task' ? 'cases.casetask' : 'cases.case'
  return { entity, id: row.id, version: row.version, title: card.case.title, lane: laneOf(card), at: pointOf(card) }
}

export const stopLane = ({ key }: Round, { record }: Stop): string => `${key} ${record}`

/** What only adds needs no version; a step goes with the one that the phone saw. */
export const stopTarget = (round: Round, stop: Stop, title: string): Target =>
  ({ entity: round.entity, id: stop.record, version: stop.version ?? 0, title, lane: stopLane(round, stop), at: null })

export function actParcel({ entity, id, version, title, lane }: Target, act: Act, { values, why, photos }: Filled, account: number, label: string): Draft {
  const sent = Object.entries(photos).flatMap(([field, some]) => some.map(({ name, type, bytes }) => ({ field: `values.${field}[]`, name, type, bytes, file: null })))
  return {
    kind: 'work', address: `/api/records/${entity}/${id}/actions/${act.key}`, body: act.adds ? { values, why } : { values, why, version }, subject: `${label} · ${title}`,
    photos: sent, lane, adds: act.adds, account,
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
    if (act && act.on !== 'round') found[act.on] = act.to
  }
  return found
}

/** The acts that are open at a stop once what waits has arrived: steps follow one another, what only adds is written once. */
export function stopActs(round: Round, stop: Stop, parcels: readonly Parcel[]): Act[] {
  const waiting = parcels.filter((one) => one.lane === stopLane(round, stop) && (one.state === 'waiting' || one.state === 'conflict'))
  let state = stop.state ?? ''
  for (const parcel of [...waiting].sort((a, b) => a.written_at - b.written_at)) {
    state = round.acts.find((act) => act.step && act.key === actOf(parcel))?.to ?? state
  }
  return round.acts.filter((act) => (act.step ? act.from.includes(state) : !waiting.length))
}

/** The acts that are open then, the usual next one first. */
export function openActs(card: Card, parcels: readonly Parcel[]): Act[] {
  const now = standing(card, parcels)
  const open = card.acts.filter((act) => !act.step || act.from.includes((act.on === 'task' ? now.task : now.case) ?? ''))
  return [...open].sort((a, b) => Number(b.primary) - Number(a.primary))
}

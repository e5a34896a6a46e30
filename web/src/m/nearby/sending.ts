/** What a reader says of what is near, as it goes into the outbox. */
import type { Ask } from '../data/nearby'
import { newId } from '../device/newId'
import type { Draft } from '../outbox/parcel'

const KEY = 'hexi_m_device'
let unkept = ''

/** A chance word of this device, by which the server counts it once; the server keeps no trace that leads from one count to another. */
export function deviceMark(): string {
  try {
    const known = localStorage.getItem(KEY)
    if (known) return known
    const fresh = newId()
    localStorage.setItem(KEY, fresh)
    return fresh
  } catch {
    return (unkept ||= newId())
  }
}

export const laneOf = (name: string, id: number | string): string => `voice ${name} ${id}`

interface Known { record?: number; place?: string }

/** The address and the body of what is asked, with what the phone knows filled in. */
export function voiceParcel(ask: Ask, known: Known, answers: Record<string, unknown>, subject: string, lane: string): Draft {
  const all: Record<string, unknown> = { record: known.record, place: known.place, device: deviceMark() }
  const filled = Object.fromEntries(ask.fills.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])))
  return {
    kind: 'voice', address: ask.address.replace('{record}', String(known.record ?? '')), body: { values: { ...answers, ...filled } }, subject,
    photos: [], lane, adds: true,
  }
}

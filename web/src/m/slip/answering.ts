/** From a sheet to what is sent. */
import type { Sheet } from '../data/slip'
import type { Draft } from '../outbox/parcel'

/** Names the link on this phone without keeping its secret there. */
export const slipLane = (key: string, secret: string): string => `slip ${key} ${secret.slice(-4)}`

export function slipParcel(sheet: Sheet, secret: string, answers: Record<string, unknown>, subject: string): Draft {
  return {
    kind: 'slip', address: `/api/records/${sheet.on}/actions/${sheet.act}`, body: { values: { ...answers, [sheet.secret]: secret } }, subject,
    photos: [], lane: slipLane(sheet.key, secret), adds: true,
  }
}

/** The first question that has to be answered and is not. */
export function missingIn({ form }: Sheet, answers: Record<string, unknown>): string | null {
  const open = (form.required ?? []).find((name) => answers[name] === undefined || answers[name] === '')
  return open === undefined ? null : (form.properties?.[open]?.title ?? open)
}

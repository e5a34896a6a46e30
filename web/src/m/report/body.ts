/** The report as it is sent: nothing that was not said, and never the photo's own place once another was chosen. */
import { joined } from '../../shared/joined'
import type { Draft } from '../outbox/parcel'
import { REPORT } from '../data/cases'
import type { Report } from './draft'

const TITLE_LETTERS = 40

/** The category in words, and the beginning of what was said: staff and neighbours know it by this. */
export function titleOf({ categoryName, words }: Pick<Report, 'categoryName' | 'words'>): string {
  const first = words.trim().split(/[\n。！？!?]/)[0] ?? ''
  return joined('colon', [categoryName, first]).slice(0, TITLE_LETTERS)
}

function placeOf({ spot, address }: Report): Record<string, unknown> {
  const point = spot?.point && spot.by !== 'chosen' ? { point: { ...spot.point, datum: 'wgs84' } } : {}
  const place = spot?.place && spot.by === 'chosen' ? { place: spot.place } : {}
  return { ...point, ...place, ...(address.trim() ? { address: address.trim() } : {}) }
}

/** Empty, or at least as many digits as a local number has: a slip of the finger must not cost the call back. */
export const isPhone = (text: string): boolean => /^$|^(?=(?:\D*\d){7})[0-9+() -]+$/.test(text.trim())

function reporterOf({ name, phone }: Report): Record<string, unknown> {
  const who = { name: name.trim(), phone: phone.trim() }
  return who.name || who.phone ? { ...who, anonymous: false } : { name: '', phone: '', anonymous: true }
}

export function parcelOf(report: Report): Draft {
  const { kind, category, words, danger, occurredAt, answers, photos } = report
  const subject = titleOf(report)
  return {
    kind: 'report', address: REPORT, subject,
    body: {
      kind, category, title: subject, description: words.trim(), ...(danger ? { urgency: 'danger' } : {}), ...placeOf(report),
      ...(occurredAt ? { occurred_at: occurredAt } : {}), reporter: reporterOf(report), answers,
    },
    photos: photos.map(({ name, type, bytes }) => ({ field: 'files[]', name, type, bytes, file: null })),
  }
}

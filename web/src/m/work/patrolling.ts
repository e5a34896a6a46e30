/** What a patrol sends: the report, and behind it the step that ends a case put right on the spot. */
import { REPORT } from '../data/cases'
import type { Draft, Parcel, Photo } from '../outbox/parcel'
import type { SmallPhoto } from '../outbox/photo'
import type { Point } from '../place/shapes'
import type { Topic } from '../report/categories'

interface Seen { topic: Topic; photos: readonly SmallPhoto[]; point: Point | null; address: string }

const filed = (photos: readonly SmallPhoto[], field: string): Photo[] => photos.map(({ name, type, bytes }) => ({ field, name, type, bytes, file: null }))

export function patrolParcel({ topic, photos, point, address }: Seen, account: number): Draft {
  return {
    kind: 'work', address: REPORT, subject: topic.name, account, photos: filed(photos, 'files[]'),
    body: {
      kind: topic.kind, category: topic.code, title: topic.name, source: 'grid', ...(topic.danger ? { urgency: 'danger' } : {}),
      ...(point ? { point: { ...point, datum: 'wgs84' } } : {}), ...(address.trim() ? { address: address.trim() } : {}),
    },
  }
}

/** It waits for its report, whose case it ends. */
export function spotParcel(first: Parcel, { result, after }: { result: string; after: readonly SmallPhoto[] }, account: number, label: string): Draft {
  return {
    kind: 'work', address: '/api/records/cases.case/{case}/actions/do_there', subject: `${label} · ${first.subject}`, account, lane: first.lane,
    after: first.client_id, body: { values: { result }, version: 0 }, photos: filed(after, 'values.after[]'),
  }
}

/** From a question about a look to what is sent. */
import type { Look } from '../data/looks'
import type { Draft } from '../outbox/parcel'

export const lookLane = (look: number): string => `look ${look}`

export function questionParcel({ look }: Look, secret: string, words: string, subject: string): Draft {
  return {
    kind: 'slip', address: '/api/records/data.lookquestion/actions/ask', body: { values: { look, words, secret } }, subject,
    photos: [], lane: lookLane(look), adds: true,
  }
}

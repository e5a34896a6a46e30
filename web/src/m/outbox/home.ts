/** Keeps what an answer brings home: the number and the secret of a case, on this device and nowhere else. */
import { keepCase } from '../cases/mine'
import type { Parcel } from './parcel'

export interface Answered {
  number?: string
  follow?: { secret: string }
  record?: { id?: number | string } | null
  id?: number | string
  version?: number
}

export async function bringHome(parcel: Parcel, { number, follow }: Answered): Promise<void> {
  if (parcel.account !== null || !number || !follow) return
  await keepCase({ number, secret: follow.secret, title: parcel.subject, reported: parcel.kind === 'report', kept_at: Date.now() })
}

/** What is said at a stop, by way of the outbox; and how the round stands once all that was said has arrived. */
import type { StopState, Tour, TourStop } from '../data/tours'
import type { Draft, Parcel } from '../outbox/parcel'

export type Said = Exclude<StopState, 'planned'>
export const laneOf = ({ id }: Pick<TourStop, 'id'>): string => `tour ${id}`

export const sayParcel = (stop: TourStop, said: Said, note: string, account: number, subject: string): Draft => ({
  kind: 'work', address: `/api/tours/stops/${stop.id}/${said}`, body: { note }, subject, photos: [], lane: laneOf(stop), adds: true, account,
})

const saidIn = ({ address }: Parcel): Said => address.slice(address.lastIndexOf('/') + 1) as Said

/** The state of each stop as the newest of its parcels leaves it: a refused one leaves it as the server has it. */
export function stateOf(stop: TourStop, parcels: readonly Parcel[]): StopState {
  const own = parcels.filter((one) => one.lane === laneOf(stop) && (one.state === 'waiting' || one.state === 'sent'))
  const newest = own.reduce<Parcel | null>((last, one) => (last && last.written_at > one.written_at ? last : one), null)
  return newest ? saidIn(newest) : stop.state
}

export interface Standing { next: TourStop | null; later: TourStop[]; over: { stop: TourStop; state: Said }[] }

/** What comes next, what then, and what is over, each in the order of the round. */
export function standing({ stops }: Tour, parcels: readonly Parcel[]): Standing {
  const states = stops.map((stop) => ({ stop, state: stateOf(stop, parcels) }))
  const [next = null, ...later] = states.filter(({ state }) => state === 'planned').map(({ stop }) => stop)
  const over = states.flatMap(({ stop, state }) => (state === 'planned' ? [] : [{ stop, state }]))
  return { next, later, over }
}

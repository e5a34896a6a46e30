/** Errands in the order that was chosen: the walk over the streets where somebody answers for it, else from point to point in a straight line. */
import { useEffect, useMemo, useState } from 'react'
import { api } from '../../shared/api'
import { useReach } from '../device/reach'
import type { Point } from '../place/shapes'
import { onFoot, ordered, type Errand, type Leg, type Order, type Walked } from './route'

const MOST = 100
const spot = ({ lon, lat }: Point) => [lon, lat]

export function useOrdered<T>(errands: readonly Errand<T>[], order: Order, here: Point | null): { legs: Leg<T>[]; isWalked: boolean } {
  const reached = useReach((state) => state.reached)
  const points = errands.flatMap(({ at }) => (at ? [spot(at)] : []))
  const asked = order === 'route' && here && points.length && points.length <= MOST ? JSON.stringify({ where: spot(here), stops: points }) : ''
  const [answer, setAnswer] = useState<{ to: string; walked: Walked } | null>(null)
  useEffect(() => {
    if (!asked || !reached) return
    const stop = new AbortController()
    // Without an answer the straight line stays, and says so.
    void api.post<Walked>('/api/space/walk/order', JSON.parse(asked), stop.signal).then((walked) => !stop.signal.aborted && setAnswer({ to: asked, walked }), () => undefined)
    return () => stop.abort()
  }, [asked, reached])
  const walked = answer?.to === asked && answer.walked.exact ? answer.walked : null
  return { legs: useMemo(() => (walked ? onFoot(errands, walked) : ordered(errands, order, here)), [errands, order, here, walked]), isWalked: walked !== null }
}

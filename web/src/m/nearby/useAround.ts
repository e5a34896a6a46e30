/** The circle that the reader looks at: what is declared to be looked for, from where, and at whose pace. */
import { useMemo } from 'react'
import { useLook } from '../../shared/theme'
import type { Text } from '../../shared/spec'
import { useKept } from '../data/kept'
import { aroundPath, LISTS, paced, type Around, type Told } from '../data/nearby'
import { useFrom, type From } from './from'
import { useWalker } from './walker'

export interface Circle { key: string; from: From | null; answer: ReturnType<typeof useKept<Around>> }

/** `of` names what is looked for; empty for the first that there is. */
export function useAround(of: string): Circle {
  const from = useFrom()
  const elder = useLook((look) => look.elder) !== null
  const walker = useWalker((chosen) => chosen.walker) ?? (elder ? 'elder' : 'adult')
  const lists = useKept<{ key: string; label: Text }[]>(of ? null : LISTS)
  const key = of || (lists.body?.[0]?.key ?? '')
  const told = useKept<Told>(key && from ? aroundPath(key, from) : null)
  const body = useMemo(() => told.body && paced(told.body, walker), [told.body, walker])
  return { key, from, answer: { ...told, body } }
}

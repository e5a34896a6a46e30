/** A webhook as its form has it and as its register keeps it: the topics are a list here and one text there. */
import { changedValues } from '../record/merge'
import type { Values } from '../wire'
import type { Webhook } from './api'

export interface Asked {
  name: string
  address: string
  topics: string[]
  active: boolean
}
export const CHANGEABLE = ['name', 'address', 'topics', 'active']

export const kept = ({ name, address, topics, active }: Pick<Webhook, keyof Asked>): Values => ({ name, address, topics: [...topics].sort().join(','), active })

/** What somebody changed of it, as the register keeps it. */
export const changesOf = (before: Webhook, asked: Asked): Values => changedValues(kept(before), kept(asked), CHANGEABLE)

/** Everything that the action asks for: what the register has, with these changes. */
export function askedOf(present: Values, changes: Values): Asked {
  const { name, address, topics, active } = { ...present, ...changes }
  return { name: String(name), address: String(address), topics: String(topics ?? '').split(',').filter(Boolean), active: active === true }
}

import { describe, expect, it } from 'vitest'
import { resolved } from '../record/merge'
import type { Webhook } from '../webhooks/api'
import { askedOf, changesOf, kept } from '../webhooks/change'

const hook = { name: '市级平台', address: 'https://city.example.org/a', topics: ['cases.case', 'cases.casetask'], active: true } as Webhook

describe('changing a webhook', () => {
  it('knows what was changed, whatever the order of the topics', () => {
    expect(changesOf(hook, { ...hook, topics: ['cases.casetask', 'cases.case'] })).toEqual({})
    expect(changesOf(hook, { ...hook, topics: ['cases.case'], active: false })).toEqual({ topics: 'cases.case', active: false })
  })

  it('sends all that the action asks for, on top of what somebody else saved meanwhile', () => {
    const theirs = { ...kept(hook), name: '改了名', address: 'https://city.example.org/b' }
    const mine = { address: 'https://city.example.org/c', topics: null }
    const open = [{ field: 'address', before: hook.address, mine: mine.address, theirs: theirs.address }]
    expect(askedOf(theirs, resolved(mine, open, { address: 'theirs' }, theirs)!)).toEqual({
      name: '改了名',
      address: 'https://city.example.org/b',
      topics: [],
      active: true,
    })
  })
})

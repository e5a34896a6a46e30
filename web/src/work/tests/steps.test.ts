import { describe, expect, it } from 'vitest'
import { stepsFor } from '../record/steps'
import type { Model } from '../wire'

const action = (from: string[], to: string | null, primary = true) => ({ id: `${from[0]}-${to}`, title: '', from, to, primary })
const state = (id: string, final = false) => ({ id, title: id, final })
const model = {
  lifecycle: {
    field: 'stage',
    states: [
      state('planned'),
      state('design'),
      state('building'),
      state('accepted', true),
      state('procedure'),
      state('serving'),
      state('struck', true),
    ],
  },
  actions: [
    action(['planned'], 'design'),
    action(['design'], 'building'),
    action(['building'], 'accepted'),
    action(['building'], 'design', false),
    action(['planned', 'design', 'building'], 'struck', false),
    action(['procedure'], 'serving'),
    action(['building'], null),
  ],
} as unknown as Model
const ids = (current: string) => stepsFor(model, current).map(({ id }) => id)

describe('the bar of steps', () => {
  it('shows the way of this record, not the other life cycles', () => {
    expect(ids('design')).toEqual(['planned', 'design', 'building', 'accepted'])
    expect(ids('procedure')).toEqual(['procedure', 'serving'])
  })

  it('shows an exceptional end only when it has happened', () => {
    expect(ids('building')).not.toContain('struck')
    expect(ids('struck')).toEqual(['planned', 'design', 'building', 'struck'])
  })

  it('stops at a fork where no branch is the usual one', () => {
    const forked = {
      ...model,
      actions: [...model.actions, action(['listed'], 'planned', false), action(['listed'], 'procedure', false)],
      lifecycle: { ...model.lifecycle!, states: [state('listed'), ...model.lifecycle!.states] },
    } as Model
    expect(stepsFor(forked, 'listed').map(({ id }) => id)).toEqual(['listed'])
    expect(stepsFor(forked, 'procedure').map(({ id }) => id)).toEqual(['listed', 'procedure', 'serving'])
  })

  it('leaves out what a record need not have gone through, such as one of two ways to be taken in', () => {
    const states = ['arrived', 'accepted', 'partly', 'stored'].map((id) => ({ ...state(id), phase: 'working' }))
    const ways = [action(['arrived'], 'accepted'), action(['arrived'], 'partly', false), action(['accepted', 'partly'], 'stored', false)]
    const life = { ...model, actions: ways, lifecycle: { ...model.lifecycle!, states } } as unknown as Model
    expect(stepsFor(life, 'stored').map(({ id }) => id)).toEqual(['arrived', 'stored'])
    expect(stepsFor(life, 'partly').map(({ id }) => id)).toEqual(['arrived', 'partly', 'stored'])
  })

  it('does not say of a record that it was disputed because it might have been and done again', () => {
    const again = { ...model, actions: [...model.actions, action(['building'], 'procedure', false), action(['procedure'], 'design', false)] } as Model
    const states = ['planned', 'design', 'building', 'procedure', 'accepted'].map((id) => state(id, id === 'accepted'))
    expect(stepsFor({ ...again, lifecycle: { ...model.lifecycle!, states } } as Model, 'accepted').map(({ id }) => id)).toEqual([
      'planned', 'design', 'building', 'accepted',
    ])
  })

  it('keeps what lies behind a finished record', () => expect(ids('accepted')).toEqual(['planned', 'design', 'building', 'accepted']))
  it('claims no way for what was given up or merged', () => {
    const states = model.lifecycle!.states.map((one) => (one.id === 'struck' ? { ...one, phase: 'cancelled' } : one))
    const merged = { ...model, lifecycle: { ...model.lifecycle!, states } } as Model
    expect(stepsFor(merged, 'struck').map(({ id }) => id)).toEqual(['planned', 'struck'])
  })
})

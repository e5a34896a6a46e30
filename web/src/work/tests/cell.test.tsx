import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { beforeEach, expect, it, vi } from 'vitest'
import { Cell } from '../list/Cell'
import type { Field } from '../wire'

beforeEach(() => vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true))
const field: Field = { key: 'team', label: '队伍', kind: 'reference', reference: 'samples.team', opens: true }

function linkOf(row: Record<string, unknown>): (string | null)[] {
  const box = document.createElement('div')
  act(() => createRoot(box).render(<MemoryRouter><Cell field={field} row={{ id: 1, version: 1, team: 7, ...row } as never} /></MemoryRouter>))
  return [box.textContent, box.querySelector('a')?.getAttribute('href') ?? null]
}

it('is a link where the record that it points to is open to the reader, also when its title is masked', () => {
  expect(linkOf({ team__label: '先锋队' })).toEqual(['先锋队', '/records/samples.team/7'])
  expect(linkOf({ team__label: '' })).toEqual(['#7', '/records/samples.team/7'])
})

it('is a plain number where it is not', () => {
  expect(linkOf({ team__label: null })).toEqual(['#7', null])
})

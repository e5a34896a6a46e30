// @vitest-environment jsdom
/** How I am told: what is set is what is sent, and what was refused is said. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setLang } from '../../shared/i18n'
import { Told } from '../work/Told'

const CHOICE = {
  off: ['sms'], quiet_from: null, quiet_to: null, phone: '', mail: '', push_key: '',
  ways: [{ key: 'app', label: { zh: '站内', en: 'here' }, lacks: null }, { key: 'sms', label: { zh: '短信', en: 'text' }, lacks: { zh: '请设置', en: 'set it' } }],
}
let root: Root
let sent: unknown[]
let refuses: boolean

function served(_: string, given?: RequestInit): Promise<Response> {
  if (given?.method !== 'PUT') return Promise.resolve(Response.json(CHOICE))
  sent.push(JSON.parse(String(given.body)))
  return Promise.resolve(refuses ? Response.json({ title: '手机号格式不对', status: 422, code: 'invalid' }, { status: 422 }) : new Response(null, { status: 204 }))
}

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', served)
  setLang('zh')
  ;[sent, refuses] = [[], false]
  document.body.innerHTML = '<div></div>'
  root = createRoot(document.body.firstElementChild!)
  await act(async () => root.render(<Told />))
  await vi.waitFor(() => expect(document.querySelector('details')).not.toBeNull())
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

const write = (label: string, value: string) => act(async () => {
  const input = [...document.querySelectorAll('label')].find((one) => one.textContent?.includes(label))!.querySelector('input') as HTMLInputElement
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, value)
  input.dispatchEvent(new Event('input', { bubbles: true }))
})
const save = () => act(async () => ([...document.querySelectorAll('button')].find((one) => one.textContent === '保存') as HTMLButtonElement).click())

test('a way that is off can be turned on again, and quiet hours go with it', async () => {
  const [app, sms] = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
  expect([app!.checked, sms!.checked]).toEqual([true, false])
  await act(async () => sms!.click())
  await write('免打扰时段', '22:00')
  await save()
  expect(sent).toEqual([{ off: [], quiet_from: '22:00', quiet_to: null, phone: '', mail: '' }])
  expect(document.querySelector('[role=status]')!.textContent).toBe('已保存')
})

test('what the server refuses is said, and alarms come through in any case', async () => {
  refuses = true
  await write('手机号', '12')
  await save()
  expect(document.querySelector('[role=status]')!.textContent).toContain('手机号格式不对')
  expect(document.body.textContent).toContain('紧急求助不受以下设置影响')
})

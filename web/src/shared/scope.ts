/** The scope of the page (place, period, …) and the page itself live in the address, so every view can be linked and undone. */
import { create } from 'zustand'

export type ScopeValues = Readonly<Record<string, string | undefined>>

/** Words of the address that are about the look of the page, not about its data. */
export const LOOK_KEYS: readonly string[] = ['wall', 'theme', 'lang', 'elder', 'still']

export function readScope(search: string): ScopeValues {
  const pairs = [...new URLSearchParams(search)].filter(([key, value]) => !LOOK_KEYS.includes(key) && value !== '')
  return Object.fromEntries(pairs)
}

/** The query text with the scope replaced; look words stay, missing values disappear. */
export function writeScope(search: string, values: ScopeValues): string {
  const next = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) if (value) next.set(key, value)
  for (const [key, value] of new URLSearchParams(search)) if (LOOK_KEYS.includes(key)) next.set(key, value)
  const text = next.toString()
  return text ? `?${text}` : ''
}

interface ScopeStore {
  path: string
  values: ScopeValues
}
const here = (): ScopeStore => ({ path: location.pathname, values: readScope(location.search) })

export const useScopeStore = create<ScopeStore>(here)
export const useScope = (): ScopeValues => useScopeStore((state) => state.values)
export const scopeNow = (): ScopeValues => useScopeStore.getState().values

/** The address of a page of this entry with a scope. */
export const hrefOf = (path: string, values: ScopeValues = {}): string => `${path}${writeScope(location.search, values)}`

function show(path: string, values: ScopeValues, replace: boolean): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', hrefOf(path, values))
  useScopeStore.setState({ path, values })
}

/** Change some values of the scope; `undefined` removes one. Pushes one step of history when something changed. */
export function narrow(patch: ScopeValues, replace = false): void {
  const values = scopeNow()
  const next = Object.fromEntries(Object.entries({ ...values, ...patch }).filter(([, value]) => value))
  const changed = Object.entries(patch).some(([key, value]) => (values[key] ?? '') !== (value ?? ''))
  if (changed) show(location.pathname, next, replace)
}

/** Go to another page of this entry. */
export const visit = (path: string, values: ScopeValues = {}): void => show(path, values, false)

/** Follow the browser's back and forward. Returns the way to stop. */
export function followHistory(): () => void {
  const read = () => useScopeStore.setState(here())
  addEventListener('popstate', read)
  return () => removeEventListener('popstate', read)
}

/** What this device remembers about its reader: elder view, text size, theme, and the place called home. */
import { useSyncExternalStore } from 'react'
import { isHome, type Home } from '../place/home'

export type Theme = 'system' | 'light' | 'dark'

/** Root sizes of the elder view in pixels; the rule asks for 18 at least and 30 at the largest. */
export const ELDER_SIZES = [18, 20, 24, 30] as const
export type ElderSize = (typeof ELDER_SIZES)[number]

export interface Settings {
  elder: boolean
  elderSize: ElderSize
  theme: Theme
  home: Home | null
}

const KEY = 'hexi-m-settings'
const DEFAULTS: Settings = { elder: false, elderSize: 20, theme: 'system', home: null }
const listeners = new Set<() => void>()

const isTheme = (value: unknown): value is Theme => value === 'system' || value === 'light' || value === 'dark'
const isElderSize = (value: unknown): value is ElderSize => ELDER_SIZES.some((size) => size === value)

/** Reads what an older version or a curious reader may have written: anything wrong falls back to its default. */
export function parse(text: string | null): Settings {
  let read: unknown
  try {
    read = JSON.parse(text ?? 'null')
  } catch {
    return DEFAULTS
  }
  if (typeof read !== 'object' || read === null) return DEFAULTS
  const { elder, elderSize, theme, home } = read as Partial<Record<keyof Settings, unknown>>
  return {
    elder: elder === true,
    elderSize: isElderSize(elderSize) ? elderSize : DEFAULTS.elderSize,
    theme: isTheme(theme) ? theme : DEFAULTS.theme,
    home: isHome(home) ? home : null,
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null // Storage is switched off: the settings live until the page is closed.
  }
}

let present = parse(stored())

/** What the style sheet reads: theme and elder view on the root element, and the root size that all sizes follow. */
export function dress(root: HTMLElement, { theme, elder, elderSize }: Settings, systemIsDark: boolean): void {
  root.dataset.theme = theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme
  root.dataset.elder = elder ? 'on' : 'off'
  root.style.fontSize = elder ? `${elderSize}px` : ''
}

const darkSystem = (): boolean => window.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false

export function dressPage(): void {
  dress(document.documentElement, present, darkSystem())
}

export function change(part: Partial<Settings>): void {
  present = { ...present, ...part }
  try {
    localStorage.setItem(KEY, JSON.stringify(present))
  } catch {
    // As above: kept in memory only.
  }
  dressPage()
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const settings = (): Settings => present
export const useSettings = (): Settings => useSyncExternalStore(subscribe, settings)

/** Follows the phone's own switch between light and dark. */
export function followSystem(): void {
  dressPage()
  window.matchMedia?.('(prefers-color-scheme: dark)').addEventListener('change', dressPage)
}

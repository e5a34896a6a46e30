/** Light, dark, and the size of 长辈版: kept per device, marked on the document for tokens.css. */
import { create } from 'zustand'
import { isStill } from './motion'

export type Theme = 'light' | 'dark'
export type ThemeChoice = Theme | 'auto'
export type ElderSize = 18 | 20 | 24 | 30
export const ELDER_SIZES: readonly ElderSize[] = [18, 20, 24, 30]

interface Look {
  theme: Theme
  choice: ThemeChoice
  elder: ElderSize | null
}

const darkWanted = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')
const resolved = (choice: ThemeChoice): Theme => (choice === 'auto' ? (darkWanted().matches ? 'dark' : 'light') : choice)

export const useLook = create<Look>(() => ({ theme: 'light', choice: 'auto', elder: null }))
export const useTheme = (): Theme => useLook((look) => look.theme)

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    /* private windows refuse: the choice then lasts for this page */
  }
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function mark(): void {
  const { theme, elder } = useLook.getState()
  const root = document.documentElement
  root.dataset['theme'] = theme
  if (elder) root.dataset['elder'] = String(elder)
  else delete root.dataset['elder']
}

export function setTheme(choice: ThemeChoice): void {
  keep('hexi_theme', choice)
  useLook.setState({ choice, theme: resolved(choice) })
  mark()
}

/** Switch 长辈版 on with a root size in pixels, or off with null. */
export function setElder(elder: ElderSize | null): void {
  keep('hexi_elder', elder ? String(elder) : '')
  useLook.setState({ elder })
  mark()
}

/** 长辈版 for whoever never chose on this device: a page that is made for old eyes opens so. */
export function offerElder(elder: ElderSize): void {
  if (kept('hexi_elder') === null) setElder(elder)
}

const isChoice = (text: string | null): text is ThemeChoice => text === 'light' || text === 'dark' || text === 'auto'

/** Read address (`?theme=`, `?elder=`), then the device, then `fallback`; follow the system while the choice is auto. */
export function startLook(fallback: ThemeChoice = 'auto'): void {
  const asked = new URLSearchParams(location.search)
  const choice = [asked.get('theme'), kept('hexi_theme')].find(isChoice) ?? fallback
  const size = Number(asked.get('elder') ?? kept('hexi_elder') ?? 0)
  useLook.setState({ choice, theme: resolved(choice), elder: ELDER_SIZES.find((one) => one === size) ?? null })
  if (isStill()) document.documentElement.dataset['still'] = ''
  mark()
  darkWanted().addEventListener('change', () => {
    if (useLook.getState().choice === 'auto') setTheme('auto')
  })
}

/** The value of a design token as the document has it now. */
export const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

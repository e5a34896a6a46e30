import { texts, useTexts } from './i18n'
import { setTheme, useTheme } from './theme'

const words = texts({ toDark: ['深色', 'Dark'], toLight: ['浅色', 'Light'] })

/** One button that says the theme it will switch to. */
export function ThemeSwitch({ className }: { className?: string }) {
  const t = useTexts(words)
  const dark = useTheme() === 'dark'
  return (
    <button type="button" className={className} onClick={() => setTheme(dark ? 'light' : 'dark')}>
      {t(dark ? 'toLight' : 'toDark')}
    </button>
  )
}

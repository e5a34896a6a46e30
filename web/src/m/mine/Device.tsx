/** Settings of this phone: elder view and its sizes, theme, language, and what is kept here. */
import { useState } from 'react'
import { setLang, texts, useLang, useTexts } from '../../shared/i18n'
import { ELDER_SIZES, setElder, setTheme, useLook, type ThemeChoice } from '../../shared/theme'
import { forgetAll } from '../data/kept'

const words = texts({
  title: ['这部手机的设置', 'Settings of this phone'],
  elder: ['长辈版字号', 'Text size, elder view'],
  off: ['不用长辈版', 'Off'],
  size18: ['标准', 'Normal'], size20: ['大', 'Large'], size24: ['很大', 'Larger'], size30: ['最大', 'Largest'],
  theme: ['明暗', 'Theme'],
  auto: ['跟随手机', 'As the phone'], light: ['浅色', 'Light'], dark: ['深色', 'Dark'],
  language: ['语言', 'Language'],
  forget: ['清掉存下的内容', 'Clear what was saved'],
  forgetWhy: ['看过的项目存在手机里，没有网也能看。清掉不影响待发送的内容。', 'What you opened is kept for reading without a network. Clearing does not touch what waits to be sent.'],
  forgotten: ['已清掉', 'Cleared'],
})
const THEMES: readonly ThemeChoice[] = ['auto', 'light', 'dark']

interface Option { key: string; label: string; chosen: boolean; choose: () => void; lang?: string }

function Options({ name, label, options }: { name: string; label: string; options: Option[] }) {
  return (
    <fieldset className="options">
      <legend>{label}</legend>
      {options.map(({ key, label: word, chosen, choose, lang }) => (
        <label key={key} lang={lang}><input type="radio" name={name} checked={chosen} onChange={choose} /><span>{word}</span></label>
      ))}
    </fieldset>
  )
}

export function Device() {
  const t = useTexts(words)
  const lang = useLang()
  const { elder, choice } = useLook()
  const [forgotten, setForgotten] = useState(false)
  const sizes = ELDER_SIZES.map((size) => ({ key: String(size), label: t(`size${size}`), chosen: elder === size, choose: () => setElder(size) }))
  return (
    <section className="card" aria-labelledby="device-title">
      <h2 id="device-title">{t('title')}</h2>
      <Options name="elder" label={t('elder')} options={[{ key: 'off', label: t('off'), chosen: elder === null, choose: () => setElder(null) }, ...sizes]} />
      <Options name="theme" label={t('theme')} options={THEMES.map((key) => ({ key, label: t(key), chosen: choice === key, choose: () => setTheme(key) }))} />
      <Options name="lang" label={t('language')} options={[
        { key: 'zh', label: '中文', lang: 'zh-CN', chosen: lang === 'zh', choose: () => setLang('zh') },
        { key: 'en', label: 'English', lang: 'en', chosen: lang === 'en', choose: () => setLang('en') },
      ]} />
      <p className="hint">{t('forgetWhy')}</p>
      <button type="button" className="button" onClick={() => void forgetAll().then(() => setForgotten(true))}>{t('forget')}</button>
      {forgotten && <p className="note" role="status">{t('forgotten')}</p>}
    </section>
  )
}

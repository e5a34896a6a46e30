import { setLang, useLang } from './i18n'

/** One button that says the language it will switch to, in that language. */
export function LangSwitch({ className }: { className?: string }) {
  const chinese = useLang() === 'zh'
  return (
    <button type="button" className={className} lang={chinese ? 'en' : 'zh-CN'} onClick={() => setLang(chinese ? 'en' : 'zh')}>
      {chinese ? 'English' : '中文'}
    </button>
  )
}

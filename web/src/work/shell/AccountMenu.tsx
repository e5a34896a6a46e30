import { lazy, Suspense, useState } from 'react'
import { langNow, setLang, useSaid, useTexts } from '../../shared/i18n'
import { useSignIn } from '../../shared/session'
import type { Account } from '../../shared/spec'
import { setTheme, useTheme } from '../../shared/theme'
import { accountWords } from '../account/words'
import { Pop } from '../parts/Pop'
import { showShortcuts } from './shortcuts'
import { shellWords } from './words'

const Password = lazy(() => import('../account/Password'))
const OneTimeCode = lazy(() => import('../account/OneTimeCode'))

type Dialog = 'password' | 'otp' | null
interface Deed {
  key: string
  label: string
  act: () => void
}

function useDeeds(open: (dialog: Dialog) => void): Deed[] {
  const t = useTexts(accountWords)
  const shell = useTexts(shellWords)
  const { signOut } = useSignIn()
  const dark = useTheme() === 'dark'
  return [
    { key: 'password', label: t('password'), act: () => open('password') },
    { key: 'otp', label: t('otp'), act: () => open('otp') },
    { key: 'shortcuts', label: shell('shortcuts'), act: () => showShortcuts(true) },
    { key: 'theme', label: shell(dark ? 'toLight' : 'toDark'), act: () => setTheme(dark ? 'light' : 'dark') },
    { key: 'language', label: shell('toEnglish'), act: () => setLang(langNow() === 'zh' ? 'en' : 'zh') },
    { key: 'out', label: t('signOut'), act: () => void signOut().finally(() => location.assign('/work/')) },
  ]
}

function Posts({ account }: { account: Account }) {
  const t = useTexts(accountWords)
  const said = useSaid()
  if (!account.posts.length) return null
  return (
    <>
      <h3>{t('posts')}</h3>
      <ul className="posts">
        {account.posts.map((post, index) => (
          <li key={index}>{[said(post.role_label), post.place_name].filter(Boolean).join(' · ')}</li>
        ))}
      </ul>
    </>
  )
}

/** Who is working here and in which post, with everything that concerns the account. */
export function AccountMenu({ account }: { account: Account }) {
  const t = useTexts(accountWords)
  const said = useSaid()
  const [dialog, setDialog] = useState<Dialog>(null)
  const deeds = useDeeds(setDialog)
  const [post] = account.posts
  const postText = post ? [post.place_name, said(post.role_label)].filter(Boolean).join(' · ') : ''
  const face = (
    <span className="me">
      <i aria-hidden="true">{[...account.name].at(-1)}</i>
      <span className="me-name">{account.name}</span>
      {postText && <span className="me-post" title={postText}>{postText}</span>}
    </span>
  )
  return (
    <>
      <Pop type="text" label={face} name={t('menu')}>
        {(close) => (
          <>
            <Posts account={account} />
            <ul className="pop-list">
              {deeds.map((deed) => (
                <li key={deed.key}>
                  <button
                    type="button"
                    className="plain"
                    onClick={() => {
                      close()
                      deed.act()
                    }}
                  >
                    {deed.label}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </Pop>
      <Suspense fallback={null}>
        {dialog === 'password' && <Password onClose={() => setDialog(null)} />}
        {dialog === 'otp' && <OneTimeCode enabled={account.otp_enabled} onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  )
}

import { Dropdown, type MenuProps } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { useSignIn } from '../../shared/session'
import type { Account } from '../../shared/spec'
import { setTheme, useTheme } from '../../shared/theme'
import { accountWords } from '../account/words'
import { showShortcuts } from './shortcuts'
import { shellWords } from './words'

const Password = lazy(() => import('../account/Password'))
const OneTimeCode = lazy(() => import('../account/OneTimeCode'))

type Dialog = 'password' | 'otp' | null

function useItems(): NonNullable<MenuProps['items']> {
  const t = useTexts(accountWords)
  const shell = useTexts(shellWords)
  const dark = useTheme() === 'dark'
  return [
    { key: 'password', label: t('password') },
    { key: 'otp', label: t('otp') },
    { key: 'shortcuts', label: shell('shortcuts') },
    { key: 'theme', label: shell(dark ? 'toLight' : 'toDark') },
    { type: 'divider' },
    { key: 'out', label: t('signOut') },
  ]
}

/** Who is working here and in which post, with everything that concerns the account. */
export function AccountMenu({ account }: { account: Account }) {
  const t = useTexts(accountWords)
  const said = useSaid()
  const items = useItems()
  const dark = useTheme() === 'dark'
  const { signOut } = useSignIn()
  const [dialog, setDialog] = useState<Dialog>(null)
  const post = account.posts[0]
  const chosen: MenuProps['onClick'] = ({ key }) => {
    if (key === 'out') void signOut().finally(() => location.assign('/work/'))
    else if (key === 'shortcuts') showShortcuts(true)
    else if (key === 'theme') setTheme(dark ? 'light' : 'dark')
    else setDialog(key as Dialog)
  }
  return (
    <>
      <Dropdown menu={{ items, onClick: chosen }} trigger={['click']}>
        <button type="button" className="me" aria-label={`${t('menu')} ${account.name}`}>
          <i aria-hidden="true">{[...account.name][0]}</i>
          <span className="me-name">{account.name}</span>
          {post && <span className="me-post">{[post.place_name, said(post.role_label)].filter(Boolean).join(' · ')}</span>}
        </button>
      </Dropdown>
      <Suspense fallback={null}>
        {dialog === 'password' && <Password onClose={() => setDialog(null)} />}
        {dialog === 'otp' && <OneTimeCode enabled={account.otp_enabled} onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  )
}

import { MenuOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useSaid, useTexts } from '../../shared/i18n'
import { LangSwitch } from '../../shared/LangSwitch'
import type { Account, Session } from '../../shared/spec'
import { ThemeSwitch } from '../../shared/ThemeSwitch'
import { deskWords } from '../words'
import { AccountMenu } from './AccountMenu'
import { Bell } from './Bell'
import { LiveMark } from './LiveNotice'
import { SearchBox } from './SearchBox'
import { shellWords } from './words'

interface Top {
  session: Session
  account: Account
  menuOpen: boolean
  onMenu: () => void
}

export function Header({ session, account, menuOpen, onMenu }: Top) {
  const t = useTexts(shellWords)
  const word = useTexts(deskWords)
  const said = useSaid()
  return (
    <header className="top">
      <Button
        className="menu-button"
        type="text"
        icon={<MenuOutlined />}
        aria-label={t('openMenu')}
        aria-expanded={menuOpen}
        aria-controls="navigation"
        onClick={onMenu}
      />
      <Link to="/" className="brand" aria-label={word('desk')}>
        <img src="/mark.svg" alt="" width={28} height={28} />
        <b>{word('desk')}</b>
      </Link>
      <span className="district">{said(session.district.name)}</span>
      <SearchBox />
      <div className="top-end">
        {session.demo && <span className="sample">{t('demo')}</span>}
        <LiveMark />
        <a className="top-link wide-only" href="/screen/overview">
          {t('screen')}
        </a>
        <ThemeSwitch className="top-link wide-only" />
        <LangSwitch className="top-link not-small" />
        <Bell />
        <AccountMenu account={account} />
      </div>
    </header>
  )
}

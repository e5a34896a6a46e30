import { useSaid, useTexts } from '../../shared/i18n'
import type { DemoAccount } from '../wire'
import { signInWords } from './words'

/** Accounts of a demonstration district, offered only where the server says that it is one. */
export function DemoAccounts({ accounts, onChoose }: { accounts: DemoAccount[]; onChoose: (account: DemoAccount) => void }) {
  const t = useTexts(signInWords)
  const said = useSaid()
  if (!accounts.length) return null
  const shared = accounts.every((account) => account.password === accounts[0]!.password)
  return (
    <section className="demo">
      <h2>{t('demo')}</h2>
      <p>
        {t('demoHelp')}
        {shared && (
          <>
            {t('demoStop')}
            <span className="num">{t('demoPassword', { password: accounts[0]!.password })}</span>
          </>
        )}
      </p>
      <ul>
        {accounts.map((account) => (
          <li key={account.username}>
            <button type="button" onClick={() => onChoose(account)}>
              <b>
                {said(account.role)} <span>{account.name}</span>
              </b>
              <span className="num">{account.username}</span>
              {!shared && <span className="demo-password">{t('demoPassword', { password: account.password })}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

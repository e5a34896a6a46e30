import { useState, type FormEvent } from 'react'
import { Problem } from '../../shared/api'
import { texts, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import { useParcels } from '../outbox/useParcels'
import { signIn } from './account'

const words = texts({
  title: ['工作人员登录', 'Staff sign-in'],
  why: ['登录后可以看到自己的任务。没有网络时，登录过的手机仍能打开存下的清单。', 'Signed in you see your tasks. Without a network a phone that was signed in still opens its list.'],
  username: ['账号', 'Account'], password: ['密码', 'Password'], otp: ['动态验证码', 'One-time code'], optional: ['（开启了两步验证才填）', '(only with two-step sign-in)'],
  enter: ['登录', 'Sign in'],
  offline: ['没有网络，现在不能登录。', 'There is no network; you cannot sign in now.'],
  waiting: ['这部手机里还有 {n} 件工作待发送，原来的账号登录后会发出。', 'On this phone {n} pieces of work wait; they are sent when their account signs in.'],
})

export function SignIn() {
  const t = useTexts(words)
  const waiting = useParcels().filter(({ account, state }) => account !== null && state !== 'sent').length
  const [fault, setFault] = useState('')
  const enter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const said = (name: string): string => String(given.get(name) ?? '').trim()
    signIn({ username: said('username'), password: said('password'), ...(said('otp') ? { otp: said('otp') } : {}) }).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      setFault(error.status === 0 ? t('offline') : joined('stop', [error.message, error.detail === error.message ? '' : error.detail, error.todo]))
    })
  }
  return (
    <form className="card work-form" onSubmit={enter}>
      <h2>{t('title')}</h2>
      <p className="hint">{t('why')}</p>
      {waiting > 0 && <p className="note" role="status">{t('waiting', { n: waiting })}</p>}
      <label className="field">{t('username')}<input className="text" name="username" autoComplete="username" autoCapitalize="none" required /></label>
      <label className="field">{t('password')}<input className="text" name="password" type="password" autoComplete="current-password" required /></label>
      <label className="field">{t('otp')} <span>{t('optional')}</span><input className="text" name="otp" inputMode="numeric" autoComplete="one-time-code" /></label>
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="submit" className="button primary wide">{t('enter')}</button>
    </form>
  )
}

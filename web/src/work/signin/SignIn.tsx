import { Button, Form, Input } from 'antd'
import { useEffect } from 'react'
import { useSaid, useTexts } from '../../shared/i18n'
import { LangSwitch } from '../../shared/LangSwitch'
import type { Credentials } from '../../shared/session'
import type { Session } from '../../shared/spec'
import { Mark } from '../../shared/Status'
import { ThemeSwitch } from '../../shared/ThemeSwitch'
import type { DemoAccount } from '../wire'
import { deskWords } from '../words'
import { DemoAccounts } from './DemoAccounts'
import './signin.css'
import { clock, useSecondsUntil, useSigningIn, type Refusal } from './state'
import { signInWords } from './words'

type DeskSession = Session & { demo_accounts?: DemoAccount[] }

function Refused({ refusal, seconds }: { refusal: Refusal; seconds: number }) {
  const t = useTexts(signInWords)
  const locked = refusal?.why === 'locked' && seconds > 0
  const saying = () => {
    if (!refusal) return ''
    if (refusal.why === 'locked') return locked ? t('locked', { time: clock(seconds) }) : t('unlocked')
    return refusal.why === 'failed' ? t('failed', { why: refusal.sentence }) : t(refusal.why)
  }
  return (
    <div role="alert" className="refused">
      {refusal && (
        <p>
          <Mark status={locked ? 'watch' : 'breach'} />
          {saying()}
        </p>
      )}
    </div>
  )
}

function Fields({ step }: { step: 'password' | 'otp' }) {
  const t = useTexts(signInWords)
  const password = step === 'password'
  return (
    <>
      <div hidden={!password}>
        <Form.Item name="username" label={t('username')} rules={[{ required: true, message: t('needUsername') }]}>
          <Input autoComplete="username" autoFocus size="large" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('needPassword') }]}>
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
      </div>
      {!password && (
        <Form.Item name="otp" label={t('otp')} extra={t('otpHelp')} rules={[{ required: true, pattern: /^\d{6}$/, message: t('needOtp') }]}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} autoFocus size="large" className="num" />
        </Form.Item>
      )}
    </>
  )
}

function SignInForm({ session }: { session: DeskSession }) {
  const t = useTexts(signInWords)
  const [form] = Form.useForm<Credentials>()
  const { step, refusal, lockedUntil, busy, send, restart } = useSigningIn()
  const seconds = useSecondsUntil(lockedUntil)
  const start = () => {
    form.resetFields(['otp'])
    restart()
  }
  const choose = (account: DemoAccount) => {
    start()
    form.setFieldsValue(account)
  }
  return (
    <>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void send(values)}>
        <Fields step={step} />
        <Refused refusal={refusal} seconds={seconds} />
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('submit')}
        </Button>
        {step === 'otp' && (
          <Button type="link" block onClick={start}>
            {t('other')}
          </Button>
        )}
      </Form>
      {session.oidc && (
        <Button block size="large" href={`/api/oidc/authenticate/?next=${encodeURIComponent(location.pathname)}`}>
          {t('oidc')}
        </Button>
      )}
      {session.demo && <DemoAccounts accounts={session.demo_accounts ?? []} onChoose={choose} />}
    </>
  )
}

export default function SignIn({ session }: { session: Session }) {
  const t = useTexts(signInWords)
  const word = useTexts(deskWords)
  const said = useSaid()
  useEffect(() => {
    document.title = `${t('title')} · ${word('desk')}`
  }, [t, word])
  return (
    <div className="signin">
      <header className="row between">
        <span className="brand">
          <img src="/mark.svg" alt="" width={28} height={28} />
          <b>{said(session.district.name)}</b>
        </span>
        <span className="row">
          <ThemeSwitch className="top-link" />
          <LangSwitch className="top-link" />
        </span>
      </header>
      <main className="signin-card">
        <h1>{t('title')}</h1>
        <SignInForm session={session} />
      </main>
    </div>
  )
}

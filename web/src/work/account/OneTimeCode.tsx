import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { sentenceOf } from '../shell/Problems'
import { signInWords } from '../signin/words'
import { accountWords } from './words'

/** `qr` is a picture as a data address: it can be drawn and cannot run. */
interface Enrolment {
  secret: string
  uri: string
  qr: string
}
type Change = { action: 'enrol' } | { action: 'confirm' | 'remove'; otp: string }

function CodeForm({
  submit,
  danger,
  onCode,
  refusal,
}: {
  submit: string
  danger?: boolean
  onCode: (otp: string) => void
  refusal: string
}) {
  const t = useTexts(signInWords)
  return (
    <Form layout="vertical" requiredMark={false} onFinish={({ otp }: { otp: string }) => onCode(otp)}>
      <Form.Item name="otp" label={t('otp')} extra={t('otpHelp')} rules={[{ required: true, pattern: /^\d{6}$/, message: t('needOtp') }]}>
        <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} className="num" autoFocus />
      </Form.Item>
      {refusal && (
        <p role="alert" className="error-text">
          {refusal}
        </p>
      )}
      <Button type="primary" htmlType="submit" danger={danger ?? false}>
        {submit}
      </Button>
    </Form>
  )
}

/** Scan, or type the key; then prove with one code that the phone has it. */
function Enrol({ enrolment, refusal, onCode }: { enrolment: Enrolment; refusal: string; onCode: (otp: string) => void }) {
  const t = useTexts(accountWords)
  return (
    <>
      <p>{t('otpScan')}</p>
      <div className="qr">
        <img src={enrolment.qr} alt={t('otpScan')} width={200} height={200} />
      </div>
      <p className="meta">
        {t('otpSecret')}
        <br />
        <code className="num secret">{enrolment.secret}</code>
      </p>
      <CodeForm submit={t('otpConfirm')} onCode={onCode} refusal={refusal} />
    </>
  )
}

export default function OneTimeCode({ enabled, onClose }: { enabled: boolean; onClose: () => void }) {
  const t = useTexts(accountWords)
  const queries = useQueryClient()
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [refusal, setRefusal] = useState('')

  const send = async (change: Change) => {
    setRefusal('')
    try {
      const answer = await api.post<Enrolment | undefined>('/api/session/otp', change)
      if (change.action === 'enrol') return setEnrolment(answer ?? null)
      tell('done', t(change.action === 'confirm' ? 'otpDone' : 'otpRemoved'))
      await queries.invalidateQueries({ queryKey: ['session'] })
      onClose()
    } catch (error) {
      setRefusal(sentenceOf(error))
    }
  }
  return (
    <Modal open title={t('otp')} footer={null} onCancel={onClose} width={420}>
      {enrolment && <Enrol enrolment={enrolment} refusal={refusal} onCode={(otp) => void send({ action: 'confirm', otp })} />}
      {!enrolment && <p>{t(enabled ? 'otpOn' : 'otpOff')}</p>}
      {!enrolment && enabled && (
        <CodeForm submit={t('otpRemove')} danger refusal={refusal} onCode={(otp) => void send({ action: 'remove', otp })} />
      )}
      {!enrolment && !enabled && (
        <Button type="primary" onClick={() => void send({ action: 'enrol' })}>
          {t('otpStart')}
        </Button>
      )}
    </Modal>
  )
}

/** A new webhook; its secret is shown this once. */
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { api, Problem } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { recordPath, useForget } from '../records'
import { sentenceOf } from '../shell/Problems'
import { deskWords } from '../words'
import type { Id, Saved } from '../wire'
import { SUBSCRIPTION } from './api'
import { HookFields, WhyField } from './Fields'
import { webhookWords } from './words'

interface Asked {
  name: string
  address: string
  topics?: string[]
  account: string
  why: string
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useTexts(webhookWords)
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    tell('done', t('copied'))
  }
  return (
    <Modal
      open
      title={t('secretTitle')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={[
        globalThis.isSecureContext && (
          <Button key="copy" onClick={() => void copy()}>
            {t('copy')}
          </Button>
        ),
        <Button key="done" type="primary" onClick={onClose}>
          {t('close')}
        </Button>,
      ]}
    >
      <p className="warning">{t('secretHelp')}</p>
      <Input readOnly value={secret} aria-label={t('secretTitle')} onFocus={(event) => event.target.select()} />
    </Modal>
  )
}

export default function Subscribe({ onClose }: { onClose: (id?: Id) => void }) {
  const t = useTexts(webhookWords)
  const word = useTexts(deskWords)
  const forget = useForget()
  const [form] = Form.useForm<Asked>()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [saved, setSaved] = useState<Saved>()
  const refuse = (error: unknown) => {
    const problems = error instanceof Problem ? error.errors : []
    form.setFields(problems.map(({ field, message }) => ({ name: field as keyof Asked, errors: [message] })))
    setRefusal(problems.length ? '' : sentenceOf(error))
  }
  const send = async ({ why, ...values }: Asked) => {
    setBusy(true)
    try {
      setSaved(await api.post<Saved>(`${recordPath(SUBSCRIPTION)}/actions/subscribe`, { values: { ...values, topics: values.topics ?? [] }, why }))
      await forget(SUBSCRIPTION)
    } catch (error) {
      refuse(error)
    } finally {
      setBusy(false)
    }
  }
  if (saved) return <Secret secret={saved.once?.['secret'] ?? ''} onClose={() => onClose(saved.record.id)} />
  const needed = [{ required: true, message: t('required') }]
  return (
    <Modal
      open
      title={t('add')}
      okText={t('add')}
      cancelText={word('cancel')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => onClose()}
      width={560}
    >
      {refusal && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void send(values)}>
        <HookFields />
        <Form.Item name="account" label={t('account')} extra={t('accountHelp')} rules={needed}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <WhyField />
      </Form>
    </Modal>
  )
}

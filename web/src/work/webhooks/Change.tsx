/** Another name, address or choice of topics; stopped or started. Whoever was faster is shown before anything of theirs is lost. */
import { Button, Form, Modal, Switch } from 'antd'
import { useState } from 'react'
import { api, Problem } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { Conflict } from '../record/Conflict'
import { recordWords } from '../record/words'
import { recordPath, useForget } from '../records'
import { sentenceOf } from '../shell/Problems'
import { deskWords } from '../words'
import type { Model, Present, Saved, Values } from '../wire'
import { SUBSCRIPTION, type Webhook } from './api'
import { askedOf, CHANGEABLE, changesOf, kept, type Asked } from './change'
import { HookFields, WhyField } from './Fields'
import { webhookWords } from './words'

type Filled = Asked & { why: string }
interface Clashing {
  present: Present
  mine: Values
  why: string
}

function useChange(opened: Webhook, onClose: () => void) {
  const t = useTexts(recordWords)
  const forget = useForget()
  const [form] = Form.useForm<Filled>()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [clash, setClash] = useState<Clashing | null>(null)
  const refuse = (error: unknown, mine: Values, why: string) => {
    const present = error instanceof Problem && error.status === 409 ? (error.body['present'] as Present | undefined) : undefined
    const problems = error instanceof Problem ? error.errors : []
    setClash(present ? { present, mine, why } : null)
    form.setFields(problems.map(({ field, message }) => ({ name: field as keyof Filled, errors: [message] })))
    setRefusal(present || problems.length ? '' : sentenceOf(error))
  }
  /** `mine` on top of what the register had at this version. */
  const send = async (mine: Values, on: Present, why: string) => {
    if (!Object.keys(mine).length) return onClose()
    setBusy(true)
    try {
      const body = { values: askedOf(on.values, mine), version: on.version, why }
      await api.post<Saved>(`${recordPath(SUBSCRIPTION, opened.id)}/actions/change_subscription`, body)
      tell('done', t('saved'))
      onClose()
    } catch (error) {
      refuse(error, mine, why)
    } finally {
      await forget(SUBSCRIPTION)
      setBusy(false)
    }
  }
  return { form, busy, refusal, clash, setClash, send }
}

export default function Change({ hook, model, onClose }: { hook: Webhook; model: Model; onClose: () => void }) {
  const t = useTexts(webhookWords)
  const word = useTexts(deskWords)
  const [opened] = useState(hook)
  const { form, busy, refusal, clash, setClash, send } = useChange(opened, onClose)
  const submit = ({ why, ...asked }: Filled) => void send(changesOf(opened, asked), { version: opened.version, values: kept(opened) }, why)
  const buttons = [
    <Button key="cancel" onClick={onClose}>
      {word('cancel')}
    </Button>,
    <Button key="ok" type="primary" loading={busy} onClick={form.submit}>
      {word('save')}
    </Button>,
  ]
  return (
    <Modal open className="hook-change" title={t('changeTitle')} onCancel={onClose} width={clash ? 720 : 560} footer={clash ? null : buttons}>
      {clash && (
        <Conflict
          model={model}
          fields={model.fields.filter((field) => CHANGEABLE.includes(field.key))}
          before={kept(opened)}
          mine={clash.mine}
          present={clash.present}
          dict={null}
          busy={busy}
          onSave={(values) => void send(values, clash.present, clash.why)}
          onBack={() => setClash(null)}
          onDone={onClose}
        />
      )}
      <div hidden={Boolean(clash)}>
        {refusal && (
          <p className="refusal" role="alert">
            {refusal}
          </p>
        )}
        <Form form={form} layout="vertical" requiredMark={false} initialValues={opened} onFinish={submit}>
          <HookFields />
          <Form.Item name="active" label={t('active')} extra={t('activeHelp')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <WhyField />
        </Form>
      </div>
    </Modal>
  )
}

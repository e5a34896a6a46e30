import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { api, Problem } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { sentenceOf } from '../shell/Problems'
import { signInWords } from '../signin/words'
import { deskWords } from '../words'
import { accountWords } from './words'

interface Change {
  old: string
  new: string
  repeat: string
}

/** Changes the password. The rules for a good one are the server's; its sentences are shown under the field. */
export default function Password({ onClose }: { onClose: () => void }) {
  const t = useTexts(accountWords)
  const sign = useTexts(signInWords)
  const word = useTexts(deskWords)
  const [form] = Form.useForm<Change>()
  const [busy, setBusy] = useState(false)

  const refused = (error: unknown) => {
    const wrongOld = error instanceof Problem && (error.code === 'wrong_credentials' || Boolean(error.about('old')))
    form.setFields([{ name: wrongOld ? 'old' : 'new', errors: [sentenceOf(error)] }])
  }
  const send = async (values: Change) => {
    setBusy(true)
    try {
      await api.post('/api/session/password', { old: values.old, new: values.new })
      tell('done', t('passwordDone'))
      onClose()
    } catch (error) {
      refused(error)
    } finally {
      setBusy(false)
    }
  }
  const need = { required: true, message: sign('needPassword') }
  const same = {
    validator: (_: unknown, value: string) =>
      value === form.getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error(t('mismatch'))),
  }
  return (
    <Modal
      open
      title={t('password')}
      okText={word('save')}
      cancelText={word('cancel')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
      width={420}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void send(values)} scrollToFirstError>
        <Form.Item name="old" label={t('oldPassword')} rules={[need]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item name="new" label={t('newPassword')} rules={[need]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="repeat" label={t('repeatPassword')} dependencies={['new']} rules={[need, same]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  )
}

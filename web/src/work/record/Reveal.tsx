import { Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { api } from '../../shared/api'
import { useSaid, useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { recordPath } from '../records'
import { sentenceOf } from '../shell/Problems'
import { deskWords } from '../words'
import type { Field, Id, Values } from '../wire'
import { revealWords } from './words'

interface RevealOf {
  entity: string
  id: Id
  fields: Field[]
  wanted: string[]
  onShown: (values: Values) => void
  onClose: () => void
}
interface Answers {
  fields: string[]
  purpose: string
}

/** Looking at personal data is a deed with a purpose: it is asked for here and kept by the server. */
export default function Reveal({ entity, id, fields, wanted, onShown, onClose }: RevealOf) {
  const t = useTexts(revealWords)
  const word = useTexts(deskWords)
  const said = useSaid()
  const [form] = Form.useForm<Answers>()
  const [busy, setBusy] = useState(false)
  const send = async (answers: Answers) => {
    setBusy(true)
    try {
      const { values } = await api.post<{ values: Values }>(`${recordPath(entity, id)}/reveal`, answers)
      tell('said', t('shown'))
      onShown(values)
      onClose()
    } catch (error) {
      form.setFields([{ name: 'purpose', errors: [sentenceOf(error)] }])
    } finally {
      setBusy(false)
    }
  }
  const options = fields.map((field) => ({ value: field.key, label: said(field.label) }))
  return (
    <Modal
      open
      title={t('title')}
      okText={t('submit')}
      cancelText={word('cancel')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
      width={460}
    >
      <p className="meta">{t('help')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ fields: wanted, purpose: '' }}
        onFinish={(answers) => void send(answers)}
      >
        <Form.Item
          name="fields"
          label={t('fields')}
          rules={[{ validator: (_, chosen: string[]) => (chosen.length ? Promise.resolve() : Promise.reject(new Error(t('fields')))) }]}
        >
          <Checkbox.Group options={options} />
        </Form.Item>
        <Form.Item
          name="purpose"
          label={t('purpose')}
          extra={t('purposeHelp')}
          rules={[{ required: true, min: 4, message: t('needPurpose') }]}
        >
          <Input.TextArea rows={2} maxLength={200} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}

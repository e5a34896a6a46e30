/** What a webhook is asked for, whether it is new or changed. */
import { Form, Input } from 'antd'
import { useSaid, useTexts } from '../../shared/i18n'
import { Choose } from '../form/Choose'
import { recordWords } from '../record/words'
import { useModelNames } from '../shell/models'
import { webhookWords } from './words'

export function HookFields() {
  const t = useTexts(webhookWords)
  const said = useSaid()
  const models = useModelNames().data ?? []
  const needed = [{ required: true, message: t('required') }]
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={needed}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="address" label={t('address')} extra={t('addressHelp')} rules={needed}>
        <Input maxLength={500} placeholder="https://" />
      </Form.Item>
      <Form.Item name="topics" label={t('topics')} extra={t('topicsHelp')}>
        <Choose
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={models.map((model) => ({ value: model.name, label: said(model.label) }))}
        />
      </Form.Item>
    </>
  )
}

export function WhyField() {
  const t = useTexts(recordWords)
  return (
    <Form.Item name="why" label={t('reason')} extra={t('reasonHelp')} rules={[{ required: true, message: t('needReason') }]}>
      <Input.TextArea rows={2} maxLength={500} />
    </Form.Item>
  )
}

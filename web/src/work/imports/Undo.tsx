import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { recordWords } from '../record/words'
import { useForget } from '../records'
import { sentenceOf } from '../shell/Problems'
import { deskWords } from '../words'
import type { Id } from '../wire'
import { undo } from './api'
import { importWords } from './words'

/** Takes a whole import back, for a reason that is kept. */
export function Undo({ id, entity, onDone }: { id: Id; entity: string; onDone: () => void }) {
  const t = useTexts(importWords)
  const record = useTexts(recordWords)
  const word = useTexts(deskWords)
  const queries = useQueryClient()
  const forget = useForget()
  const [form] = Form.useForm<{ why: string }>()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const send = async ({ why }: { why: string }) => {
    setBusy(true)
    try {
      await undo(id, why)
      tell('done', t('undone'))
      setOpen(false)
      onDone()
      await Promise.all([forget(entity), queries.invalidateQueries({ queryKey: ['imports'] })])
    } catch (error) {
      form.setFields([{ name: 'why', errors: [sentenceOf(error)] }])
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('undo')}
      </Button>
      <Modal
        open={open}
        title={t('undo')}
        okText={t('undo')}
        okButtonProps={{ danger: true }}
        cancelText={word('cancel')}
        confirmLoading={busy}
        onOk={form.submit}
        onCancel={() => setOpen(false)}
        width={460}
        destroyOnHidden
      >
        <p>{t('undoHelp')}</p>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void send(values)}>
          <Form.Item
            name="why"
            label={record('reason')}
            extra={record('reasonHelp')}
            rules={[{ required: true, message: record('needReason') }]}
          >
            <Input.TextArea rows={2} maxLength={200} autoFocus />
          </Form.Item>
        </Form>
      </Modal>
    </>
  )
}

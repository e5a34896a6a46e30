import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { period } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { recordWords } from '../record/words'
import { useForget, useRecord } from '../records'
import { sentenceOf } from '../shell/Problems'
import { deskWords } from '../words'
import type { Row } from '../wire'
import { PROGRAMME, REPORT, usePublishing, type Publishing } from './api'
import { reportWords } from './words'

interface DialogOf { publishing: Publishing; month: string; again: boolean; onClose: () => void }

function PublishDialog({ publishing, month, again, onClose }: DialogOf) {
  const t = useTexts(reportWords)
  const record = useTexts(recordWords)
  const word = useTexts(deskWords)
  const queries = useQueryClient()
  const forget = useForget()
  const [form] = Form.useForm<{ why: string }>()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  const owed = again || Boolean(publishing.action.needs_reason)
  const send = async ({ why }: { why?: string }) => {
    setBusy(true)
    try {
      await publishing.send(month, why ?? '')
      tell('done', t('published'))
      onClose()
      await Promise.all([forget(REPORT, PROGRAMME), queries.invalidateQueries({ queryKey: ['report'] })])
    } catch (error) {
      setRefusal(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={`${t('publish')}　${period(month)}`} okText={t('publish')} cancelText={word('cancel')} confirmLoading={busy} onOk={form.submit} onCancel={onClose} width={460}>
      <p>{t(again ? 'publishAgainHelp' : 'publishHelp')}</p>
      {refusal && <p className="error-text" role="alert">{refusal}</p>}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void send(values)}>
        {owed && <Form.Item name="why" label={record('reason')} extra={record('reasonHelp')} rules={[{ required: true, message: record('needReason') }]}><Input.TextArea rows={2} maxLength={500} autoFocus /></Form.Item>}
      </Form>
    </Modal>
  )
}

/** Publishing keeps the text as it is now; a later change becomes a new edition with its reason. */
export function Publish({ programme, month, editions }: { programme: Row; month: string; editions: Row[] }) {
  const t = useTexts(reportWords)
  const [open, setOpen] = useState(false)
  const record = useRecord(PROGRAMME, programme.id).data
  const publishing = usePublishing(record ? { id: programme.id, version: record.version } : undefined)
  const mayProgramme = publishing && record?.allowed_actions.includes(publishing.action.id)
  if (!publishing || !(mayProgramme || publishing.action.creates)) return null
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>{t(editions.length ? 'publishAgain' : 'publish')}</Button>
      {open && <PublishDialog publishing={publishing} month={month} again={editions.length > 0} onClose={() => setOpen(false)} />}
    </>
  )
}

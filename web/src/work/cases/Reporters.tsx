import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../shared/i18n'
import { sentenceOf } from '../shell/Problems'
import { momentText } from '../values'
import type { Id } from '../wire'
import { deskWords } from '../words'
import { reveal, type Reporter } from './api'
import { caseWords } from './words'

function Ask({ id, onShown, onClose }: { id: Id; onShown: (people: Reporter[]) => void; onClose: () => void }) {
  const t = useTexts(caseWords)
  const word = useTexts(deskWords)
  const [form] = Form.useForm<{ purpose: string }>()
  const send = async ({ purpose }: { purpose: string }) => {
    try {
      onShown((await reveal(id, purpose)).rows)
      onClose()
    } catch (error) {
      form.setFields([{ name: 'purpose', errors: [sentenceOf(error)] }])
    }
  }
  return (
    <Modal open title={t('reveal')} okText={t('reveal')} cancelText={word('cancel')} onOk={form.submit} onCancel={onClose} width={440}>
      <p className="meta">{t('revealHelp')}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ purpose: '' }} onFinish={(values) => void send(values)}>
        <Form.Item name="purpose" label={t('purpose')} rules={[{ required: true, min: 4, message: t('purpose') }]}>
          <Input.TextArea rows={2} maxLength={200} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Who reported it: masked, and in clear only for a purpose that is kept. */
export function Reporters({ id, people, mayReveal }: { id: Id; people: Reporter[]; mayReveal: boolean }) {
  const t = useTexts(caseWords)
  const [shown, setShown] = useState<Reporter[] | null>(null)
  const [asking, setAsking] = useState(false)
  const known = people.some((person) => !person.anonymous && !person.forgotten)
  const said = (person: Reporter) => (person.forgotten ? t('forgotten') : person.anonymous ? t('anonymous') : `${person.name ?? ''} ${person.phone ?? ''}`)
  if (!people.length) return null
  return (
    <section className="case-part" aria-label={t('people')}>
      <h3>{t('people')}</h3>
      <ul className="plain-list">
        {(shown ?? people).map((person) => (
          <li key={person.id}>
            <span className="num">{said(person)}</span> <time className="meta num">{momentText(person.at)}</time>
          </li>
        ))}
      </ul>
      {mayReveal && known && !shown && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t('reveal')}
        </Button>
      )}
      {asking && <Ask id={id} onShown={setShown} onClose={() => setAsking(false)} />}
    </section>
  )
}

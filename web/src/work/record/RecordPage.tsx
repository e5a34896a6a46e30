import { CloseOutlined, EditOutlined, PrinterOutlined, QrcodeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useMemo, useState, type ComponentType } from 'react'
import { useNavigate } from 'react-router'
import { number } from '../../shared/format'
import { useLang, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { useLabel } from '../labels'
import { AttentionMark } from '../cases/parts'
import type { ListQuery } from '../list/query'
import { modelOf } from '../lives'
import { listAddress } from '../paths'
import { recordPath, useRecord } from '../records'
import { Tabs, type TabOf } from '../parts/Tabs'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import { useKey } from '../shell/shortcuts'
import { titleField, titleOf } from '../titles'
import { isEmpty, isMasked, momentText, valueText } from '../values'
import type { Model, RecordAnswer, Values } from '../wire'
import { ActionBar } from './ActionBar'
import { BeginFor } from './Begin'
import { Fields } from './Fields'
import { History } from './History'
import { withLabels } from './labels'
import './record.css'
import { Related } from './Related'
import { StepsBar } from './StepsBar'
import { recordWords } from './words'

/** Registers whose records say more than their fields: what it is comes first. */
const EXTRAS: Record<string, { label: 'course' | 'curves'; Extra: ComponentType<{ model: Model; answer: RecordAnswer }> }> = {
  'cases.case': { label: 'course', Extra: lazy(() => import('../cases/CaseCourse')) },
  'sensing.device': { label: 'curves', Extra: lazy(() => import('./DeviceCurves')) },
}
const EditForm = lazy(() => import('./EditForm'))
const Reveal = lazy(() => import('./Reveal'))

interface PageOf {
  model: Model
  id: string
  query: ListQuery
  beside: boolean
  /** What closing does, where the record does not lie beside its own list. */
  onClose?: () => void
}
interface RecordOf extends PageOf {
  answer: RecordAnswer
}

/** The record's own name in the reader's language; what the server calls it where it has none. */
const titleIn = (answer: RecordAnswer, model: Model): string =>
  isEmpty(answer.record[titleField(model)]) ? answer.title : titleOf(answer.record, model)

/** Code, stage, place and who leads: what tells this record from its neighbours. */
function useMarks({ model, answer }: RecordOf): string[] {
  const lang = useLang()
  const keys = [...(model.key ?? []), model.place, model.organisation].filter((key): key is string => Boolean(key) && key !== model.title)
  const fields = [...new Set(keys)].flatMap((key) => model.fields.filter((field) => field.key === key))
  return fields
    .filter((field) => !isEmpty(answer.record[field.key]))
    .map((field) => valueText(field, answer.record[field.key], answer.record, answer.dict, lang))
}

function Head(props: RecordOf & { onEdit: () => void; editing: boolean }) {
  const { model, answer, query, beside, onEdit, editing } = props
  const t = useTexts(recordWords)
  const said = useLabel()
  const go = useNavigate()
  const marks = useMarks(props)
  const close = props.onClose ?? (() => void go(listAddress(model.name, query)))
  useKey('Escape', beside && !editing ? close : undefined)
  useKey('e', model.may.revise && !editing ? onEdit : undefined)
  const Title = beside ? 'h2' : 'h1'
  const updated = answer.record['updated_at']
  return (
    <header className="record-head">
      <div className="record-tools">
        <BeginFor begins={answer.begins ?? []} id={answer.record.id} title={titleIn(answer, model)} />
        {model.may.revise && !editing && (
          <Button icon={<EditOutlined />} onClick={onEdit}>
            {t('edit')}
          </Button>
        )}
        {model.tag && (
          <Button icon={<QrcodeOutlined />} href={`${recordPath(model.name, props.id)}/tag.svg`} target="_blank" rel="noreferrer">
            {said(model.tag)}
          </Button>
        )}
        {model.paper && (
          <Button icon={<PrinterOutlined />} href={`${recordPath(model.name, props.id)}/paper.pdf`} target="_blank" rel="noreferrer">
            {said(model.paper)}
          </Button>
        )}
        <Button type="text" icon={<PrinterOutlined />} aria-label={t('print')} title={t('print')} onClick={() => window.print()} />
        {beside && <Button type="text" icon={<CloseOutlined />} aria-label={t('closePane')} title={t('closePane')} onClick={close} />}
      </div>
      <p className="record-marks">
        {beside ? said(model.label) : ''}
        <AttentionMark attention={answer.record['attention']} />
        {marks.map((mark) => (
          <span key={mark} className="num">
            {mark}
          </span>
        ))}
      </p>
      <Title className="record-title">{titleIn(answer, model)}</Title>
      <p className="meta num">
        {t('version', { version: answer.version })}
        {updated ? `　${t('updated', { time: momentText(updated) })}` : ''}
      </p>
    </header>
  )
}

function useTabs({ model, answer, id }: RecordOf, revealed: Values, onReveal: ((fields: string[]) => void) | undefined): TabOf[] {
  const t = useTexts(recordWords)
  const related = answer.related.filter((kind) => kind.count > 0)
  const count = related.reduce((sum, kind) => sum + kind.count, 0)
  const more = EXTRAS[model.name]
  return [
    ...(more ? [{ key: 'extra', label: t(more.label), content: () => <more.Extra model={model} answer={answer} /> }] : []),
    { key: 'info', label: t('info'), content: () => <Fields model={model} answer={answer} revealed={revealed} onReveal={onReveal} /> },
    ...(related.length
      ? [
          {
            key: 'related',
            label: (
              <>
                {t('related')} <span className="num meta">{number(count, 0)}</span>
              </>
            ),
            content: () => <Related kinds={related} id={id} />,
          },
        ]
      : []),
    ...(model.may.history
      ? [{ key: 'history', label: t('history'), content: () => <History model={model} id={id} dict={answer.dict} /> }]
      : []),
  ]
}

function Reading(props: RecordOf) {
  const { model, answer, id } = props
  const t = useTexts(recordWords)
  const [tab, setTab] = useState(model.name in EXTRAS ? 'extra' : 'info')
  const [revealed, setRevealed] = useState<Values>({})
  const [wanted, setWanted] = useState<string[] | null>(null)
  const hidden = model.fields.filter((field) => isMasked(field, answer.record, answer.masked) && !(field.key in revealed))
  const tabs = useTabs(props, revealed, model.may.reveal !== false ? setWanted : undefined)
  return (
    <>
      <Suspense fallback={<Skeleton lines={8} />}>
        <Tabs tabs={tabs} current={tab} name={t('tabs')} onChange={setTab} />
      </Suspense>
      <ActionBar model={model} answer={answer} />
      {wanted && (
        <Suspense fallback={null}>
          <Reveal
            entity={model.name}
            id={id}
            fields={hidden}
            wanted={wanted}
            onShown={(values) => setRevealed({ ...revealed, ...values })}
            onClose={() => setWanted(null)}
          />
        </Suspense>
      )}
    </>
  )
}

function Opened(props: RecordOf) {
  const { model, answer, beside, query } = props
  const said = useLabel()
  const [editing, setEditing] = useState(false)
  const stage = model.lifecycle ? answer.record[model.lifecycle.field] : null
  return (
    <article className={beside ? 'record' : 'record page'}>
      <div className={beside ? 'sr-only' : ''}>
        <Crumbs path={[{ label: said(model.label), to: listAddress(model.name, query) }, { label: titleIn(answer, model) }]} />
      </div>
      <Head {...props} editing={editing} onEdit={() => setEditing(true)} />
      {typeof stage === 'string' && <StepsBar model={model} current={stage} />}
      <div className="record-body">
        {editing ? (
          <Suspense fallback={<Skeleton lines={8} />}>
            <EditForm model={model} answer={answer} onDone={() => setEditing(false)} />
          </Suspense>
        ) : (
          <Reading {...props} />
        )}
      </div>
    </article>
  )
}

export default function RecordPage(props: PageOf) {
  const record = useRecord(props.model.name, props.id)
  const answer = useMemo(() => (record.data ? withLabels(record.data) : undefined), [record.data])
  if (record.isPending)
    return (
      <div className="page">
        <Skeleton lines={8} />
      </div>
    )
  if (record.isError && !answer)
    return (
      <div className="page">
        <ProblemPage error={record.error} again={() => void record.refetch()} />
      </div>
    )
  return <Opened {...props} model={modelOf(props.model, answer!.record)} answer={answer!} />
}
